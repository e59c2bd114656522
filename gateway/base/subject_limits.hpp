#pragma once
#include <cstddef>

/// The bounds of keeping personal data under keys; all others are in limits.hpp.

namespace duenotice::limits {

/// Keys of subjects that one connection keeps at hand, 32 bytes each.
inline constexpr std::size_t subject_keys_at_hand = 4'096;
/// Master keys that one file may hold: the newest, and those that a rotation is leading away from.
inline constexpr std::size_t master_keys_most = 8;
/// Keys of subjects that a rotation wraps in one commit: some tens of milliseconds.
inline constexpr int keys_rewrapped_at_once = 1'000;

/// Such commits that one order makes before it answers, within the patience of whoever asked.
inline constexpr int key_pieces_an_order = 100;

}  // namespace duenotice::limits
