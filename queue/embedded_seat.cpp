#include "queue/embedded_seat.hpp"

#include <limits>
#include <string>
#include <system_error>
#include <utility>

namespace duenotice::queue {
namespace {

std::filesystem::path seat_path(const std::filesystem::path& queue, std::uint64_t number) {
  std::filesystem::path path = queue;
  path += ".consumer-" + std::to_string(number);
  return path;
}

}  // namespace

EmbeddedSeat::EmbeddedSeat(std::filesystem::path path, std::uint64_t number, FileLock lock)
    : path_(std::move(path)), number_(number), lock_(std::move(lock)) {}

Result<EmbeddedSeat> EmbeddedSeat::take(const std::filesystem::path& queue, Random& random) {
  return take_over(queue, random.below(std::numeric_limits<std::int64_t>::max()) + 1);
}

Result<EmbeddedSeat> EmbeddedSeat::take_over(const std::filesystem::path& queue, std::uint64_t number) {
  std::filesystem::path path = seat_path(queue, number);
  auto lock = FileLock::take(path);
  if (!lock) return lock.error();
  return EmbeddedSeat(std::move(path), number, std::move(*lock));
}

void EmbeddedSeat::remove() {
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

}  // namespace duenotice::queue
