#pragma once
#include "gateway/base/json.hpp"
#include "gateway/evidence/note_key.hpp"
#include "gateway/evidence/zip_archive.hpp"

/// Evidence bundles: everything that proves one notice, in one archive. `manifest.json` (canonical JSON)
/// names the notice and every other file with its SHA-256; `manifest.note` signs the manifest with the key of
/// the role `bundle`; `SHA256SUMS` is the same list for sha256sum. Every file but these three is named in the
/// manifest, so that nothing in the archive is unsigned.

namespace duenotice::evidence {

inline constexpr std::string_view bundle_manifest_path = "manifest.json";
inline constexpr std::string_view bundle_note_path = "manifest.note";
inline constexpr std::string_view bundle_sums_path = "SHA256SUMS";

/// Completes `files` with the three and returns the archive. `facts` is an object: what the manifest says
/// beside `format` and `files`. `invalid` where it is larger than a bundle may be. The same facts, files and
/// key give the same bytes.
Result<std::string> write_bundle(Json facts, NamedFiles files, const SigningKey& log_key);

/// The three files of an archive, for the one who checks: what each of them must be given the others.
std::string bundle_note_text(std::string_view notice, std::string_view manifest);
std::string bundle_sums(const NamedFiles& files);
/// `{path, sha256, size}` of every file but the three.
Json bundle_file_list(const NamedFiles& files);

}  // namespace duenotice::evidence
