#include "queue/content_assembler.hpp"

#include <utility>

#include "gateway/base/assert.hpp"
#include "gateway/base/limits.hpp"

namespace duenotice::queue {

void ContentAssembler::begin(std::uint64_t length) {
  length_ = length;
  arrived_ = 0;
  body_.clear();
  digest_.reset();
  if (length > limits::body_bytes_ceiling) {
    digest_.emplace();
    body_.reserve(limits::oversized_body_kept_bytes);
  } else {
    body_.reserve(static_cast<std::size_t>(length));
  }
}

void ContentAssembler::add(std::string_view piece) {
  arrived_ += piece.size();
  DN_ASSERT(arrived_ <= length_);
  if (!digest_) {
    body_.append(piece);
    return;
  }
  digest_->add(piece);
  body_.append(piece.substr(0, limits::oversized_body_kept_bytes - body_.size()));
}

std::string ContentAssembler::take_body() {
  DN_ASSERT(complete());
  return std::exchange(body_, {});
}

std::optional<Oversized> ContentAssembler::oversized() const {
  if (!digest_) return std::nullopt;
  return Oversized{length_, digest_->digest()};
}

}  // namespace duenotice::queue
