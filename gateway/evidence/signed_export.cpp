#include "gateway/evidence/signed_export.hpp"

#include <algorithm>

#include "gateway/base/json_members.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/evidence/role_key.hpp"

namespace duenotice::evidence {
namespace {

constexpr std::string_view header = "duenotice-export/v1\n";

std::string text_of(const Json& manifest) { return std::string(header) + pretty_json(manifest) + "\n"; }

/// The manifest, when the note has the one form that we write.
std::optional<Json> manifest_of(const SignedNote& note) {
  if (!note.text.starts_with(header) || note.signatures.size() != 1) return std::nullopt;
  auto manifest = parse_json(std::string_view(note.text).substr(header.size()));
  if (!manifest || !manifest->as_object() || text_of(*manifest) != note.text) return std::nullopt;
  return std::move(*manifest);
}

void check_signature(const SignedNote& note, const std::string& origin, const TrustFile& trust,
                     CheckReport& report) {
  constexpr const char* name = "manifest_signature";
  const std::string signer = role_key_name(origin, export_role);
  std::vector<VerifierKey> known;
  for (const VerifierKey& key : trust.signers) {
    if (key.name == signer) known.push_back(key);
  }
  if (known.empty()) return report.fail(name, "the trust file has no line `signer` for {0}", {signer});
  const auto verified = verify_signatures(note, known);
  if (!verified || verified->empty()) return report.fail(name, "the manifest is not signed by {0}", {signer});
  report.pass(name, "the manifest is signed by {0}", {signer});
}

void check_file(const Json& manifest, const ExportedBytes& file, CheckReport& report) {
  const std::string wanted = text_at(manifest, "sha256");
  const bool same = wanted == file.digest.hex() && number_at(manifest, "bytes", -1) == file.bytes;
  if (!same)
    return report.fail("file", "the file is not the one of the manifest: it has SHA-256 {0}",
                       {file.digest.hex()});
  report.pass("file", "the file has the {0} bytes and the SHA-256 {1} of the manifest",
              {std::to_string(file.bytes), wanted});
}

void check_checkpoint(const Json& manifest, const std::string& origin, const TrustFile& trust,
                      CheckReport& report) {
  constexpr const char* name = "checkpoint";
  const auto verdict = trust.policy.judge(text_at(manifest, "checkpoint"));
  if (!verdict)
    return report.fail(name, "no log of the trust file has signed the checkpoint of the manifest");
  if (verdict->checkpoint.origin != origin)
    return report.fail(name, "the checkpoint of the manifest is that of another log: {0}",
                       {verdict->checkpoint.origin});
  const std::int64_t end = number_at(manifest, "up_to_sequence", -1);
  const std::string size = std::to_string(verdict->checkpoint.size);
  if (end < 0 || static_cast<std::uint64_t>(end) > verdict->checkpoint.size)
    return report.fail(name, "the checkpoint of {0} events does not cover what was exported", {size});
  report.pass(name, "the log has signed a checkpoint of {0} events, which covers the {1} of the export",
              {size, std::to_string(end)});
  if (verdict->quorum)
    report.pass("quorum", "enough witnesses have cosigned the checkpoint for the quorum of the trust file");
  else
    report.skip("quorum",
                "too few witnesses have cosigned the checkpoint of the manifest for the quorum of "
                "the trust file");
}

}  // namespace

Result<std::string> sign_export(const Json& manifest, const SigningKey& log_key) {
  SignedNote note{text_of(manifest), {}};
  if (!is_note_text(note.text))
    return Error{ErrorKind::invalid, "the manifest holds a control character, so it cannot be signed"};
  note.signatures.push_back(sign(role_key(log_key, export_role), note.text));
  std::string text = to_text(note);
  if (text.size() <= limits::note_bytes) return text;
  return Error{ErrorKind::invalid, "the manifest is too long to be signed"};
}

CheckReport check_export(std::string_view text, const ExportedBytes& file, const TrustFile& trust) {
  CheckReport report;
  const auto note = parse_note(text);
  const auto manifest = note ? manifest_of(*note) : std::nullopt;
  if (!manifest) {
    report.fail("manifest", "this is not the signed manifest of an export");
    return report;
  }
  report.pass("manifest", "the manifest is whole: {0} rows of {1}",
              {std::to_string(number_at(*manifest, "row_count", -1)), text_at(*manifest, "rows")});
  const std::string origin = text_at(*manifest, "origin");
  check_signature(*note, origin, trust, report);
  check_file(*manifest, file, report);
  check_checkpoint(*manifest, origin, trust, report);
  return report;
}

}  // namespace duenotice::evidence
