#pragma once
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/sqlite.hpp"
#include "gateway/journal/job.hpp"
#include "gateway/notice/act.hpp"

namespace duenotice {

/// What a replay is asked for beside its selection, and what it would find.
struct ReplayTerms {
  bool accept_late = false;
  std::string address;             ///< the corrected address; empty without one
  std::vector<Channel> sandboxes;  ///< channels that go into files now
};

/// What a replay would do, counted for each channel before anybody says yes.
struct SelectionCount {
  Channel channel = Channel::email;
  std::int64_t deliveries = 0;
  std::int64_t sent_already = 0;   ///< each would reach its recipient a further time
  std::int64_t possibly_sent = 0;  ///< an attempt ended without an answer
  std::int64_t late = 0;   ///< could not make its legal date any more, or names a date that has passed
  std::int64_t dated = 0;  ///< would be sent for a notice that has its legal date, which stays
  /// Waits anyway, and would go out to the corrected address; or is under way to the one it has now.
  std::int64_t corrected_waiting = 0, under_way = 0;
  /// Would not be sent, and is neither of the first two: under way or waiting anyway, cancelled or not
  /// needed, shown in-site, sent with a date that has passed, held for lateness, confirmed by the provider,
  /// accepted for the other transport (a sandbox or a real one), or not its turn.
  std::int64_t passed_over = 0;
  std::int64_t in_another = 0;  ///< a replay that is running has it already
};

/// How far a replay has come.
struct JobProgress {
  Job job;
  Act asked;                   ///< who wanted it, when and why
  std::optional<Act> stopped;  ///< who stopped it
  std::int64_t to_do = 0;
  std::int64_t sent = 0;
  std::int64_t under_way = 0;  ///< due, in flight or relayed
  std::int64_t relayed = 0;    ///< a further sending that our own relay has and has not reported about yet
  std::int64_t waiting = 0;    ///< for a retry
  std::int64_t failed = 0;
  std::int64_t unknown = 0;  ///< a further sending that ended without an answer
  std::int64_t held = 0;
  struct PassedOver {
    std::string why;
    std::int64_t count = 0;
  };
  std::vector<PassedOver> passed_over;  ///< and what was cancelled or not needed after it was made due

  std::int64_t open() const { return to_do + under_way; }
  bool over() const { return job.state != JobState::running && open() == 0; }
  std::int64_t deliveries() const { return open() + ended(); }
  std::int64_t ended() const;
};

/// Reads replays for people. One thread at a time, inside a snapshot.
class JobList {
 public:
  explicit JobList(sqlite::Database& database) : database_(database) {}

  std::vector<SelectionCount> count(const Selection& selection, const ReplayTerms& terms, Instant now);
  bool has(const std::string& job_id);
  std::optional<JobProgress> progress(const std::string& job_id, Instant now);
  /// The newest replays, those before the replay `before` if one is named; at most `limit`. Each costs a look
  /// at all of its deliveries. `before` is an id that there is.
  std::vector<JobProgress> newest(const std::optional<std::string>& before, int limit, Instant now);
  /// The id of the replay that was asked for in the same words (JobProgress::job.same_as).
  std::optional<std::string> job_like(const Digest& same_as);

 private:
  Act act(std::int64_t number);
  void add_made_due(JobProgress& progress, Instant now);
  static void add_delivery(JobProgress& progress, DeliveryState state, bool later, std::int64_t count);
  static void add_attempt(JobProgress& progress, Outcome outcome, std::int64_t count);

  sqlite::Database& database_;
};

}  // namespace duenotice
