#include "gateway/evidence/witness_client.hpp"

#include <algorithm>

#include "gateway/base/limits.hpp"
#include "gateway/evidence/add_checkpoint.hpp"
#include "gateway/evidence/decimal.hpp"
#include "gateway/evidence/http_post.hpp"
#include "gateway/evidence/tile_reader.hpp"

namespace duenotice::evidence {
namespace {

Error refused(int status) {
  const std::string said = "it answered with HTTP status " + std::to_string(status);
  switch (status) {
    case 403:
      return {ErrorKind::invalid, said + ": it does not know the key of this log"};
    case 404:
      return {ErrorKind::invalid, said + ": it does not know this log"};
    case 422:
      return {ErrorKind::broken, said +
                                     ": what it has cosigned before is not in this log; one of the two was"
                                     " restored from a backup, or the log was changed"};
    default:
      return {status >= 500 || status == 429 ? ErrorKind::unavailable : ErrorKind::invalid, said};
  }
}

}  // namespace

WitnessClient::WitnessClient(WitnessServer server, const LogFiles& files)
    : server_(std::move(server)), files_(files) {
  DN_ASSERT(server_.key.kind == NoteKeyKind::cosigner);
}

Result<NoteSignature> WitnessClient::cosign(const SealedCheckpoint& sealed, const std::stop_token& stop) {
  auto reply = ask(sealed, stop);
  if (reply && reply->status == 409) {
    const std::string& body = reply->body;
    const auto size = body.ends_with('\n')
                          ? parse_decimal(std::string_view(body).substr(0, body.size() - 1), INT64_MAX)
                          : std::nullopt;
    if (!size) return Error{ErrorKind::invalid, "it does not say which size it knows"};
    known_size_ = *size;
    if (known_size_ > sealed.checkpoint.size) {
      return Error{ErrorKind::unavailable, "it knows a later checkpoint, over " + std::to_string(*size) +
                                               " events: it will cosign a newer one"};
    }
    reply = ask(sealed, stop);
  }
  if (!reply) return reply.error();
  if (reply->status != 200) return refused(reply->status);
  auto line = cosignature(reply->body, sealed);
  if (line) known_size_ = sealed.checkpoint.size;
  return line;
}

Result<WitnessClient::Reply> WitnessClient::ask(const SealedCheckpoint& sealed, const std::stop_token& stop) {
  AddCheckpoint request;
  request.checkpoint = sealed.note;
  request.old_size = std::min(known_size_, sealed.checkpoint.size);
  if (request.old_size > 0) {
    auto proof = TileReader(files_, sealed.checkpoint.size).prove_consistency(request.old_size);
    if (!proof) return proof.error();
    request.proof = std::move(*proof);
  }
  HttpPost post;
  post.url = server_.url + (server_.url.ends_with('/') ? "" : "/") + "add-checkpoint";
  post.content_type = "text/plain; charset=utf-8";
  post.body = to_text(request);
  post.ca_file = server_.ca_file;
  post.connect_timeout = limits::time_stamp_connect_timeout;
  post.timeout = limits::time_stamp_timeout;
  post.answer_bytes = limits::witness_answer_bytes;
  auto answer = http_post(post, stop);
  if (!answer) return answer.error();
  return Reply{answer->status, std::move(answer->body)};
}

Result<NoteSignature> WitnessClient::cosignature(const std::string& lines,
                                                 const SealedCheckpoint& sealed) const {
  const std::size_t text_end = sealed.note.rfind("\n\n") + 1;
  const auto note = parse_note(sealed.note.substr(0, text_end) + "\n" + lines);
  if (!note) return Error{ErrorKind::invalid, "it answers with something else than signature lines"};
  const VerifierKey known[] = {server_.key};
  const auto verified = verify_signatures(*note, known);
  if (!verified) return verified.error();
  if (verified->empty()) {
    return Error{ErrorKind::invalid, "its answer holds no cosignature by its key"};
  }
  const auto line = std::find_if(note->signatures.begin(), note->signatures.end(), [&](const auto& one) {
    return one.name == server_.key.name && one.key_id == server_.key.id();
  });
  DN_ASSERT(line != note->signatures.end());
  return *line;
}

}  // namespace duenotice::evidence
