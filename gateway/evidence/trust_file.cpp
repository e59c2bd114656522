#include "gateway/evidence/trust_file.hpp"

#include "gateway/base/file_system.hpp"
#include "gateway/base/limits.hpp"

namespace duenotice::evidence {
namespace {

constexpr std::string_view certificate_begin = "-----BEGIN CERTIFICATE-----";
constexpr std::string_view certificate_end = "-----END CERTIFICATE-----";
constexpr std::string_view signer_word = "signer ";

}  // namespace

Result<TrustFile> TrustFile::parse(std::string_view text) {
  if (text.size() > limits::trust_policy_bytes)
    return Error{ErrorKind::invalid, "the trust file is too long"};
  std::vector<VerifierKey> signers;
  // Whatever is no line of a policy becomes an empty one there, so that its errors name the right line.
  std::string policy, certificates;
  bool in_certificate = false;
  int number = 0;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    ++number;
    if (line == certificate_begin) in_certificate = true;
    if (in_certificate) {
      certificates.append(line).append("\n");
      if (line == certificate_end) in_certificate = false;
    } else if (line.starts_with(signer_word)) {
      const auto key = parse_vkey(line.substr(signer_word.size()));
      if (!key || key->kind != NoteKeyKind::note)
        return Error{ErrorKind::invalid,
                     "line " + std::to_string(number) + ": it must be: signer VKEY, the key of a signer"};
      if (signers.size() == limits::trust_policy_names)
        return Error{ErrorKind::invalid, "line " + std::to_string(number) + ": there are too many signers"};
      signers.push_back(*key);
    } else {
      policy.append(line);
    }
    policy += "\n";
  }
  if (in_certificate) return Error{ErrorKind::invalid, "a certificate of the trust file has no end"};
  auto parsed = TrustPolicy::parse(policy);
  if (!parsed) return parsed.error();
  TrustFile file{std::move(*parsed), std::move(signers), std::nullopt};
  if (certificates.empty()) return file;
  auto roots = TimeStampRoots::parse(certificates);
  if (!roots) return roots.error();
  file.roots = std::move(*roots);
  return file;
}

Result<TrustFile> TrustFile::read(const std::filesystem::path& path) {
  const auto text = read_file(path, limits::trust_policy_bytes);
  if (!text) return text.error();
  auto file = parse(*text);
  if (file) return file;
  return Error{file.error().kind, path.string() + ": " + file.error().message};
}

}  // namespace duenotice::evidence
