#pragma once
#include <filesystem>
#include <memory>
#include <vector>

#include "gateway/base/result.hpp"
#include "gateway/journal/event_openings.hpp"

namespace duenotice {

/// What the commitments of events bind to, on a read-only connection of its own, beside a running gateway or
/// without one. One thread.
class OpeningReader {
 public:
  /// `not_found` when there is no journal at `path` yet.
  static Result<OpeningReader> open(const std::filesystem::path& path);

  /// `EventOpenings::of`.
  Result<std::vector<FieldOpening>> of(std::int64_t sequence);

 private:
  explicit OpeningReader(std::unique_ptr<sqlite::Database> database);

  std::unique_ptr<sqlite::Database> database_;  ///< its address stays
  EventOpenings openings_;
};

}  // namespace duenotice
