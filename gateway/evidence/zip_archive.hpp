#pragma once
#include <map>
#include <string>
#include <string_view>

#include "gateway/base/result.hpp"

/// ZIP archives (PKWARE APPNOTE 6.3) in one spelling: stored files sorted by name, one fixed time, no extra
/// fields, no comments. Libraries for ZIP read many spellings of one archive, and what they pass over is
/// checked by nobody; here equal files have equal bytes, and no bit of the bytes is without meaning.

namespace duenotice::evidence {

/// By their names.
using NamedFiles = std::map<std::string, std::string, std::less<>>;

/// Whether a file of an archive may have this name: `a/b-1.txt`, letters, digits and `.-_` between slashes,
/// no part that begins with a dot.
bool is_archive_name(std::string_view name);

/// Asserts that the names are such, and the files within `limits::bundle_bytes` and `bundle_files`.
std::string write_zip(const NamedFiles& files);
/// Reads exactly what `write_zip` writes; `invalid` for anything else.
Result<NamedFiles> read_zip(std::string_view bytes);

}  // namespace duenotice::evidence
