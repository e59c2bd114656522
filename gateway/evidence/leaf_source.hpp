#pragma once
#include <cstdint>
#include <functional>
#include <string_view>

#include "gateway/base/result.hpp"

namespace duenotice::evidence {

/// Takes one leaf: its index from 0 and its bytes, which are valid during the call. False: no more, please.
using LeafSink = std::function<bool(std::uint64_t index, std::string_view leaf)>;

/// Where the leaves of the log come from: what the journal has committed, and nothing that it has not. One
/// thread.
class LeafSource {
 public:
  virtual ~LeafSource() = default;
  /// The index behind the last leaf.
  virtual Result<std::uint64_t> count() = 0;
  /// Hands on the leaves [first, first + count) in the order of their indexes until there are no more. A leaf
  /// that is not there is left out: whoever reads sees the gap in the indexes.
  virtual Status read(std::uint64_t first, std::uint64_t count, const LeafSink& sink) = 0;
};

}  // namespace duenotice::evidence
