#include "gateway/app/statement_note.hpp"

#include "gateway/evidence/note_signature.hpp"
#include "gateway/evidence/signed_note.hpp"

namespace duenotice::app {

namespace {

/// Its first line, so that it can never pass for a checkpoint, which begins with the log's origin.
constexpr std::string_view header = "duenotice-statement/v1\n";

}  // namespace

std::string sign_statement(const Json& statement, const evidence::SigningKey& log_key) {
  const std::string text = std::string(header) + canonical_json(statement) + "\n";
  return to_text(evidence::SignedNote{text, {sign(log_key, text)}});
}

Result<Json> read_statement(std::string_view note, const evidence::VerifierKey& log_key) {
  const auto parsed = evidence::parse_note(note);
  if (!parsed) return parsed.error();
  const auto verified = verify_signatures(*parsed, std::span(&log_key, 1));
  if (!verified || verified->empty() || !parsed->text.starts_with(header))
    return Error{ErrorKind::invalid, "this is no statement that the log has signed"};
  auto statement = parse_json(std::string_view(parsed->text).substr(header.size()));
  if (!statement) return Error{ErrorKind::invalid, "the statement is not JSON"};
  return std::move(*statement);
}

Json seals_json(const evidence::SealRecord& record) {
  return Json::Object{{"seals", record.seals}, {"stamps", record.stamps}, {"sha256", record.sha256}};
}

}  // namespace duenotice::app
