#include "gateway/evidence/sealer.hpp"

#include <algorithm>

#include "gateway/base/limits.hpp"

namespace duenotice::evidence {

Sealer::Sealer(HeadStore& heads, SealStore& seals, VerifierKey log_key, SealPlan plan,
               std::vector<std::string> tsas)
    : heads_(heads),
      seals_(seals),
      log_key_(std::move(log_key)),
      plan_(std::move(plan)),
      tsas_(std::move(tsas)) {}

Result<Sealer::Step> Sealer::step(Instant now) {
  Step step{next_seal(plan_, now), std::nullopt};
  const auto last = seals_.newest();
  if (!last) return last.error();
  const SealDue due = seal_due(plan_, *last ? std::optional((*last)->at) : std::nullopt, now);
  if (due == SealDue::no) return step;
  const auto head = heads_.read();
  if (!head) return head.error();
  if (!*head) {
    step.next = std::min(step.next, now + limits::seal_poll);
    return step;
  }
  const auto sealed = sealed_checkpoint((*head)->checkpoint, log_key_);
  if (!sealed) return Error{ErrorKind::broken, "the log's head cannot be sealed: " + sealed.error().message};
  const std::uint64_t size = sealed->checkpoint.size;
  if (*last && size < (*last)->sealed.checkpoint.size) {
    return Error{ErrorKind::broken,
                 "the log's head has " + std::to_string(size) + " events, but a checkpoint over " +
                     std::to_string((*last)->sealed.checkpoint.size) +
                     " was sealed: the file of the head was restored from an older backup"};
  }
  if (due == SealDue::if_grown && *last && size == (*last)->sealed.checkpoint.size) return step;
  const auto id = seals_.add(*sealed, now, tsas_);
  if (!id) return id.error();
  step.seal = *id;
  return step;
}

}  // namespace duenotice::evidence
