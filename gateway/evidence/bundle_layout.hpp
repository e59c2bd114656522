#pragma once
#include <string>

#include "gateway/evidence/zip_archive.hpp"

namespace duenotice::evidence {

/// The first file of a bundle that has no place in its format, so that no check would look at it: an unknown
/// name, a proof without its leaf, a third token without a second. Empty when there is none.
std::string stray_file(const NamedFiles& files);

/// The digest of an agreement's version, from the files under `agreement/`: SHA-256 over, for each in the
/// order of their names, its name, newline, its SHA-256 in hexadecimal, newline. Empty without files.
std::string agreement_digest(const NamedFiles& files);

}  // namespace duenotice::evidence
