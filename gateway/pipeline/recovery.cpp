#include "gateway/pipeline/scene.hpp"

namespace duenotice {

int NoticeLife::recover(Transaction& tx, int most, AfterCommit& after) const {
#ifdef DUENOTICE_SABOTAGE_SKIP_INTENT_COMMIT
  // What a restart would see without the intent's commit: a due delivery that nobody tried. The kill test
  // must notice.
  constexpr Outcome interrupted_outcome = Outcome::not_started;
#else
  constexpr Outcome interrupted_outcome = Outcome::unknown;
#endif
  const std::vector<Attempt> interrupted = tx.interrupted_attempts(most);
  for (const Attempt& attempt : interrupted) {
    record_outcome(tx, attempt.id,
                   {.outcome = interrupted_outcome,
                    .code = std::string(interrupted_code),
                    .reply = {},
                    .retry_after = {}},
                   clock_.now(), after);
  }
  return static_cast<int>(interrupted.size());
}

}  // namespace duenotice
