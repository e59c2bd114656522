#pragma once
#include <cstdint>
#include <filesystem>

#include "gateway/base/file_system.hpp"
#include "gateway/base/random.hpp"
#include "gateway/base/result.hpp"

namespace duenotice::queue {

/// A consumer's place at the embedded queue: a number that is never used again, and a lock on a small file
/// beside the queue's (`<queue>.consumer-<number>`). The operating system frees the lock when the process
/// ends, however it ends, so that the others see at once, and without any clock, that its messages must be
/// given back.
class EmbeddedSeat {
 public:
  static Result<EmbeddedSeat> take(const std::filesystem::path& queue, Random& random);
  std::uint64_t number() const { return number_; }
  /// Removes the file. The lock is free when the seat is destroyed.
  void remove();

  /// Takes the seat of another consumer when nobody sits on it any more, which is also the case when its file
  /// is gone. Then its messages may be given back, and the file is of no use any more.
  static Result<EmbeddedSeat> take_over(const std::filesystem::path& queue, std::uint64_t number);

 private:
  EmbeddedSeat(std::filesystem::path path, std::uint64_t number, FileLock lock);
  std::filesystem::path path_;
  std::uint64_t number_;
  FileLock lock_;
};

}  // namespace duenotice::queue
