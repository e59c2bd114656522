#include "gateway/evidence/witness.hpp"

#include <algorithm>

#include "gateway/evidence/add_checkpoint.hpp"
#include "gateway/evidence/merkle_hasher.hpp"
#include "gateway/evidence/sealed_checkpoint.hpp"

namespace duenotice::evidence {
namespace {

constexpr std::string_view plain = "text/plain; charset=utf-8";

WitnessAnswer refuse(int status, const std::string& why) { return {status, std::string(plain), why + "\n"}; }

WitnessAnswer conflict(const std::optional<Head>& known) {
  return {409, "text/x.tlog.size", std::to_string(known ? known->size : 0) + "\n"};
}

/// Whether the log still holds what was cosigned before. Of an empty log every other is the continuation.
bool is_continued(const std::optional<Head>& known, const AddCheckpoint& request, const Checkpoint& next) {
  if (request.old_size == 0) {
    return request.proof.empty() && (next.size > 0 || next.root == empty_root());
  }
  return verify_consistency(request.old_size, next.size, request.proof, known->root, next.root);
}

}  // namespace

Witness::Witness(WitnessStore& store, SigningKey key, std::vector<VerifierKey> logs)
    : store_(store), key_(std::move(key)), logs_(std::move(logs)) {
  DN_ASSERT(key_.verifier().kind == NoteKeyKind::cosigner);
  for (const VerifierKey& log : logs_) DN_ASSERT(log.kind == NoteKeyKind::note);
}

bool Witness::knows(const std::string& origin) const {
  return std::any_of(logs_.begin(), logs_.end(), [&](const VerifierKey& log) { return log.name == origin; });
}

WitnessAnswer Witness::add_checkpoint(std::string_view body, Instant now) {
  const auto request = parse_add_checkpoint(body);
  if (!request) return refuse(400, request.error().message);
  const auto note = parse_note(request->checkpoint);
  if (!note) return refuse(400, note.error().message);
  const auto next = parse_checkpoint(note->text);
  if (!next) return refuse(400, next.error().message);
  if (!knows(next->origin)) return refuse(404, "this log is not known here");
  const auto log = std::find_if(logs_.begin(), logs_.end(), [&](const VerifierKey& key) {
    return key.name == next->origin && verify_checkpoint(request->checkpoint, key);
  });
  if (log == logs_.end()) return refuse(403, "no known key of this log has signed the checkpoint");
  if (request->old_size > next->size) return refuse(400, "the old size is above that of the checkpoint");

  const auto known = store_.newest(next->origin);
  if (!known) return refuse(500, "the witness cannot read what it knows");
  if (request->old_size != (*known ? (*known)->size : 0)) return conflict(*known);
  const auto by_log = sealed_checkpoint(request->checkpoint, *log);
  DN_ASSERT(by_log.ok());
  if (!is_continued(*known, *request, *next)) {
    WitnessAnswer answer = refuse(422, "the log is not shown to hold what was cosigned before");
    answer.refused = by_log->note;
    answer.forked = *known && next->size == (*known)->size && next->root != (*known)->root;
    return answer;
  }
  const SignedNote cosigned{note->text,
                            {cosign(key_, note->text, std::chrono::floor<std::chrono::seconds>(now))}};
  const std::string line = to_text(cosigned).substr(note->text.size() + 1);
  const auto swapped = store_.swap(next->origin, *known, {next->size, next->root, by_log->note + line});
  if (!swapped) return refuse(500, "the witness cannot remember the checkpoint");
  if (*swapped) return {200, std::string(plain), line};
  const auto other = store_.newest(next->origin);
  return other ? conflict(*other) : refuse(500, "the witness cannot read what it knows");
}

WitnessAnswer Witness::newest(const std::string& origin_digest) {
  const auto known = store_.newest_by_digest(origin_digest);
  if (!known) return refuse(500, "the witness cannot read what it knows");
  if (!*known) return refuse(404, "no checkpoint of this log was cosigned here");
  return {200, std::string(plain), (*known)->checkpoint};
}

}  // namespace duenotice::evidence
