#include "queue/prefetch_window.hpp"

#include "gateway/base/assert.hpp"

namespace duenotice::queue {

bool Room::take(std::size_t size) {
  if (messages == 0) return false;
  if (size > bytes && !nothing_out) return false;
  --messages;
  bytes -= size < bytes ? size : bytes;
  nothing_out = false;
  return true;
}

PrefetchWindow::PrefetchWindow(std::size_t messages, std::size_t bytes)
    : most_messages_(messages), most_bytes_(bytes) {
  DN_ASSERT(messages > 0 && bytes > 0);
}

Room PrefetchWindow::room() const {
  return Room{out_.size() < most_messages_ ? most_messages_ - out_.size() : 0,
              bytes_ < most_bytes_ ? most_bytes_ - bytes_ : 0, out_.empty()};
}

bool PrefetchWindow::has_room() const { return out_.size() < most_messages_ && bytes_ < most_bytes_; }

void PrefetchWindow::add(std::uint64_t tag, std::size_t size) {
  const bool inserted = out_.emplace(tag, size).second;
  DN_ASSERT(inserted);
  bytes_ += size;
}

bool PrefetchWindow::remove(std::uint64_t tag) {
  const auto found = out_.find(tag);
  if (found == out_.end()) return false;
  bytes_ -= found->second;
  out_.erase(found);
  return true;
}

void PrefetchWindow::clear() {
  out_.clear();
  bytes_ = 0;
}

}  // namespace duenotice::queue
