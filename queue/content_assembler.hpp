#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/digest.hpp"
#include "queue/queue.hpp"

namespace duenotice::queue {

/// Puts the body of a message together from the pieces in which it arrives. Of a body above
/// limits::body_bytes_ceiling it keeps the beginning, the length and the digest, so that no message, however
/// large, takes more memory than that.
class ContentAssembler {
 public:
  /// A new message, whose body will have `length` bytes.
  void begin(std::uint64_t length);
  /// At most `missing()` bytes.
  void add(std::string_view piece);
  std::uint64_t missing() const { return length_ - arrived_; }
  /// Whether all bytes are there.
  bool complete() const { return arrived_ == length_; }
  std::uint64_t length() const { return length_; }
  /// The body, or its beginning. Only when complete; once.
  std::string take_body();
  /// Set when only the beginning was kept.
  std::optional<Oversized> oversized() const;

 private:
  std::uint64_t length_ = 0;
  std::uint64_t arrived_ = 0;
  std::string body_;
  std::optional<Sha256> digest_;
};

}  // namespace duenotice::queue
