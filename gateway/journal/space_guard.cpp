#include "gateway/journal/space_guard.hpp"

#include "gateway/base/file_system.hpp"

namespace duenotice {
namespace {

std::filesystem::path reserve_of(std::filesystem::path journal) { return journal += ".reserve"; }

}  // namespace

SpaceGuard::SpaceGuard(const std::filesystem::path& journal, std::uint64_t low_space_bytes,
                       std::uint64_t reserve_bytes)
    : journal_(journal),
      reserve_(reserve_of(journal)),
      low_space_bytes_(low_space_bytes),
      reserve_bytes_(reserve_bytes) {
  std::error_code missing;
  const auto size = std::filesystem::file_size(reserve_, missing);
  has_reserve_ = !missing && size == reserve_bytes_;
}

SpaceGuard::Change SpaceGuard::look() {
  const auto free = free_bytes(journal_);
  // A file system that cannot even be asked is left to the next commit, which will say what is wrong with it.
  if (!free.ok()) return Change::none;
  if (*free < low_space_bytes_) return became_low();
  if (has_reserve_ && !low()) return Change::none;
  if (*free < low_space_bytes_ + reserve_bytes_) return has_reserve_ ? Change::none : became_low();
  has_reserve_ = ensure_reserve(reserve_, reserve_bytes_).ok();
  if (!has_reserve_) return became_low();
  return low_.exchange(false) ? Change::restored : Change::none;
}

SpaceGuard::Change SpaceGuard::give_up_reserve() {
  std::error_code gone_already;
  std::filesystem::remove(reserve_, gone_already);
  has_reserve_ = false;
  return became_low();
}

SpaceGuard::Change SpaceGuard::became_low() {
  return low_.exchange(true) ? Change::none : Change::became_low;
}

}  // namespace duenotice
