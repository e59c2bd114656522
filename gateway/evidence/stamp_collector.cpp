#include "gateway/evidence/stamp_collector.hpp"

#include "gateway/base/limits.hpp"

namespace duenotice::evidence {

Result<StampCollector::Step> StampCollector::step(Instant now, std::stop_token stop) {
  const Instant rested = rest_.until(now);
  if (now < rested) return Step{rested};
  const auto seal = seals_.waiting_for(tsa_.name());
  if (!seal) return seal.error();
  if (!*seal) return Step{now + limits::seal_poll};
  const std::int64_t id = (*seal)->id;
  const auto stamp = tsa_.stamp((*seal)->sealed.note, std::move(stop));
  if (!stamp) return Step{rest_.after_failure(now), id, stamp.error()};
  const Status stored = seals_.put_stamp(id, tsa_.name(), *stamp);
  if (!stored) return stored.error();
  rest_.end();
  // The rest also spares a TSA that comes back to a long queue.
  return Step{now + limits::seal_poll, id};
}

}  // namespace duenotice::evidence
