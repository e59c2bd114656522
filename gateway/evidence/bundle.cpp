#include "gateway/evidence/bundle.hpp"

#include "gateway/base/digest.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/evidence/note_signature.hpp"
#include "gateway/evidence/role_key.hpp"

namespace duenotice::evidence {

std::string bundle_note_text(std::string_view notice, std::string_view manifest) {
  return "duenotice-bundle/v1\n" + std::string(notice) + "\nsha256 " + sha256(manifest).hex() + "\n";
}

std::string bundle_sums(const NamedFiles& files) {
  std::string sums;
  for (const auto& [name, content] : files) {
    if (name != bundle_sums_path) sums += sha256(content).hex() + "  " + name + "\n";
  }
  return sums;
}

Json bundle_file_list(const NamedFiles& files) {
  Json list = Json::array();
  for (const auto& [name, content] : files) {
    if (name == bundle_manifest_path || name == bundle_note_path || name == bundle_sums_path) continue;
    list.push_back(Json::Object{{"path", name},
                                {"sha256", sha256(content).hex()},
                                {"size", static_cast<std::int64_t>(content.size())}});
  }
  return list;
}

Result<std::string> write_bundle(Json facts, NamedFiles files, const SigningKey& log_key) {
  std::size_t bytes = 0;
  for (const auto& [name, content] : files) bytes += 2 * name.size() + content.size();
  if (files.size() + 3 > limits::bundle_files || bytes > limits::bundle_content_bytes)
    return Error{ErrorKind::invalid, "this notice has more evidence than a bundle may hold"};
  const Json* notice = facts.find("notice");
  DN_ASSERT(notice != nullptr && notice->as_string() != nullptr);
  const std::string id = *notice->as_string();
  facts["format"] = "duenotice-bundle/v1";
  facts["files"] = bundle_file_list(files);
  const std::string manifest = canonical_json(facts);
  SignedNote note{bundle_note_text(id, manifest), {}};
  note.signatures.push_back(sign(role_key(log_key, bundle_role), note.text));
  files.insert_or_assign(std::string(bundle_manifest_path), manifest);
  files.insert_or_assign(std::string(bundle_note_path), to_text(note));
  files.insert_or_assign(std::string(bundle_sums_path), bundle_sums(files));
  return write_zip(files);
}

}  // namespace duenotice::evidence
