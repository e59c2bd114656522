#include "queue/ack_ledger.hpp"

#include <algorithm>

#include "gateway/base/assert.hpp"

namespace duenotice::queue {

void AckLedger::delivered(std::uint64_t tag) {
  DN_ASSERT(tag == first_ + entries_.size());
  entries_.push_back(State::out);
}

AckLedger::State* AckLedger::find(std::uint64_t tag) {
  if (tag < first_ || tag - first_ >= entries_.size()) return nullptr;
  return &entries_[static_cast<std::size_t>(tag - first_)];
}

void AckLedger::done(std::uint64_t tag) {
  State* state = find(tag);
  if (state == nullptr || *state != State::out) return;
  *state = State::done;
  done_.push_back(tag);
}

void AckLedger::given_back(std::uint64_t tag) {
  State* state = find(tag);
  DN_ASSERT(state != nullptr && *state == State::out);
  *state = State::told;
}

std::vector<AckLedger::Ack> AckLedger::take() {
  std::vector<Ack> acks;
  std::uint64_t watermark = 0;
  while (!entries_.empty() && entries_.front() != State::out) {
    if (entries_.front() == State::done) watermark = first_;
    entries_.pop_front();
    ++first_;
  }
  if (watermark != 0) acks.push_back(Ack{watermark, true});
  std::sort(done_.begin(), done_.end());
  for (const std::uint64_t tag : done_) {
    State* state = find(tag);
    if (state == nullptr) continue;
    *state = State::told;
    acks.push_back(Ack{tag, false});
  }
  done_.clear();
  return acks;
}

}  // namespace duenotice::queue
