#include "gateway/journal/journal.hpp"

#include <future>

namespace duenotice {

Committed Journal::run(WorkClass work_class, Work work) {
  std::promise<Committed> promise;
  std::future<Committed> result = promise.get_future();
  submit(work_class, std::move(work), [&promise](Committed committed) { promise.set_value(committed); });
  return result.get();
}

}  // namespace duenotice
