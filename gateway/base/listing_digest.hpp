#pragma once
#include <map>
#include <string>

#include "gateway/base/digest.hpp"

namespace duenotice {

/// One digest for several named files, such as those of an agreement's version: SHA-256 over, for each in the
/// order of their names, its name, newline, its SHA-256 as `digests` has it, in hexadecimal, newline.
Digest listing_digest(const std::map<std::string, std::string>& digests);

}  // namespace duenotice
