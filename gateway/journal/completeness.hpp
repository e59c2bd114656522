#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/result.hpp"
#include "gateway/base/sqlite.hpp"
#include "gateway/base/time.hpp"

namespace duenotice {

/// What came of the requests that one source numbered: accepted and rejected ones alike.
struct SourceSequence {
  struct Gap {
    std::int64_t first = 0, last = 0;  ///< never came, as far as the journal knows
  };
  struct Repeat {
    std::int64_t number = 0;
    std::vector<std::string> request_ids;  ///< different requests that bear it
  };
  std::string source;
  std::int64_t first = 0, last = 0;  ///< the least and the greatest that came
  std::int64_t numbers = 0;          ///< different ones that came
  std::int64_t missing = 0;          ///< between first and last
  std::int64_t repeated = 0;         ///< numbers that several requests bear
  std::vector<Gap> gaps;             ///< the first limits::sequence_faults_named
  std::vector<Repeat> repeats;       ///< likewise

  bool whole() const { return missing == 0 && repeated == 0; }
};

/// Notices, and rejected requests, of one source, kind and state.
struct RequestCount {
  std::string source;  ///< empty where a rejected request does not say
  std::string kind;    ///< of a rejected one: empty
  std::string state;   ///< a notice's, or `rejected`
  std::int64_t count = 0;
};

/// What some events brought, and what had come by then, at one moment of the journal.
struct RequestStanding {
  std::vector<RequestCount> counts;
  std::vector<SourceSequence> sources;
};

/// A daily statement that the journal holds.
struct StoredStatement {
  std::string event;  ///< the bytes of its event: `date`, `last_index`, `sha256` of the note
  std::string note;   ///< signed; empty once it was erased, because it named somebody
  bool kept = true;   ///< false: there is no row for it, neither the note nor the place of an erased one
};

/// Reads from the journal whether everything came that was published, on a read-only connection of its own,
/// beside a running gateway or without one. One thread. Errors: `not_found` when there is no journal,
/// `unavailable`, `broken`.
class Completeness {
 public:
  static Result<Completeness> open(const std::filesystem::path& path);

  /// By source; of one alone when it is named.
  Result<std::vector<SourceSequence>> sources(const std::optional<std::string>& source = std::nullopt);
  /// What the events from `first` to `last` brought, by source, kind and present state.
  Result<std::vector<RequestCount>> counts(std::int64_t first, std::int64_t last);
  /// Both of every source, in one reading transaction: requests that come meanwhile are in neither.
  Result<RequestStanding> standing(std::int64_t first, std::int64_t last);
  /// The newest daily statement, or the one about that date; empty when there is none. `broken` when its note
  /// is not the one whose digest is in its event.
  Result<std::optional<StoredStatement>> statement(const std::optional<CalendarDate>& date = std::nullopt);

  /// Hands on every statement whose event stands in the journal, in their order. Judges nothing.
  Status statements(const std::function<void(const StoredStatement&)>& sink);

 private:
  explicit Completeness(sqlite::Database database) : database_(std::move(database)) {}
  template <class Work>
  auto run(Work work) -> decltype(work());
  void read_faults(SourceSequence& source);

  sqlite::Database database_;
};

}  // namespace duenotice
