#pragma once
#include <atomic>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gateway/journal/completeness.hpp"
#include "gateway/journal/journal_reader.hpp"
#include "gateway/journal/sqlite_journal.hpp"
#include "gateway/pipeline/notice_life.hpp"
#include "gateway/pipeline/operations.hpp"
#include "tests/support/test_clock.hpp"

namespace duenotice::test {

/// A provider that exists only in a test's memory: composes readable bytes and leaves it to the test to say
/// what became of a message. The one for SMS is a relay.
class PaperProvider final : public channels::Provider {
 public:
  explicit PaperProvider(Channel channel = Channel::email) : channel_(channel) {}
  Channel channel() const override { return channel_; }
  std::optional<Milliseconds> report_bound() const override {
    return channel_ == Channel::sms ? std::optional<Milliseconds>(std::chrono::minutes(5)) : std::nullopt;
  }
  bool sandbox() const override { return is_sandbox; }
  int connections() const override { return 1; }
  Milliseconds guard() const override { return std::chrono::minutes(10); }
  Result<channels::Composed, channels::Unfit> compose(
      const channels::Composition& composition) const override;
  std::unique_ptr<channels::Lane> open_lane() const override;
  Status check() const override { return Done{}; }

  bool is_sandbox = false;
  std::size_t room = std::string::npos;     ///< the most bytes that its texts may have
  mutable std::atomic<int> handed_over{0};  ///< by its lanes, to nobody

 private:
  const Channel channel_;
};

/// The life of notices on a bench: the real pipeline functions over a real journal on disk, without threads
/// of its own. A test drives every step and may crash between any two.
class LifeBench {
 public:
  explicit LifeBench(std::uint64_t seed, std::string_view now = "2026-03-02T04:00:00.000Z",
                     const std::optional<std::filesystem::path>& calendar = std::nullopt);
  ~LifeBench();

  /// Closes and reopens the journal as a new process would, without recovery.
  void restart();
  /// Runs recovery over all interrupted intents; returns how many there were.
  int recover();

  /// Judges and commits one message. `undo`: the process dies before the commit is durable.
  TakenIn publish(const Json& request, bool undo = false);
  TakenIn publish_event(const Json& request, std::string_view time);
  /// Claims due deliveries; the tasks' intents are committed unless `undo`.
  std::vector<AttemptTask> start_due(Channel channel, int most = 10, bool undo = false, bool probe = false);
  void finish(const AttemptTask& task, const OutcomeReport& report, bool undo = false);
  void finish(const AttemptTask& task, Outcome outcome, bool undo = false);
  /// Starts what is due on the channel, which must be one delivery, and ends it.
  AttemptTask send_one(Outcome outcome, Channel channel = Channel::email);
  /// A relay's report about an attempt; whether it is known.
  bool report(const AttemptTask& task, ReceiptKind kind, std::string carrier_id = "");
  /// What time alone decides; how many deliveries it settled.
  int settle_overdue(Channel channel);
  /// What an operator orders; `act` and `notice` are filled in from the request's id.
  Result<Json> order(std::string_view act, const std::string& request_id, Json more = Json::object());
  Result<Json> perform(Json order);
  /// Works off every replay that is under way.
  void run_replays();

  NoticeFile show(const std::string& request_id);
  const Delivery& delivery(const NoticeFile& file, Channel channel);
  std::vector<std::string> event_types(const std::string& request_id);
  JournalReader& reader();
  Completeness completeness() const;
  /// Of the journal and its write-ahead log, as they lie on the disk.
  std::string file_bytes() const;

  static Json request(std::string id, std::string kind);

  /// As if the operator had restarted with another transport.
  void change_transport(bool sandbox);
  /// As if the provider took no longer texts.
  void limit_sms(std::size_t bytes) { sms_paper_->room = bytes; }
  /// As if the operator had restarted without the channel.
  void remove_email() { providers_.erase(Channel::email); }

  // The parts, for tests of what drives them.
  Journal& journal() { return *journal_; }
  const templates::CurrentLibrary& library() const { return *library_; }
  const Providers& providers() const { return providers_; }
  const RequestSchema& schema() const { return schema_; }
  const NoticeLife& life() const { return *life_; }
  const PaperProvider& paper() const { return *paper_; }

  TestClock clock;
  SeededRandom random;
  PipelineSettings settings;
  /// Told of every commit; set it while nothing is being committed.
  std::function<void(const DurableCommit&)> on_committed;

 private:
  Committed commit(WorkClass work_class, const Journal::Work& work, bool undo);

  SeededRandom openings_random_;  ///< the journal's own, whose thread draws from it
  std::filesystem::path folder_;
  std::unique_ptr<templates::CurrentLibrary> library_;
  Providers providers_;
  PaperProvider* paper_ = nullptr;      ///< owned by providers_
  PaperProvider* sms_paper_ = nullptr;  ///< owned by providers_
  RequestSchema schema_;
  Log log_;
  std::unique_ptr<MessageMaker> maker_;
  std::unique_ptr<Intake> intake_;
  std::unique_ptr<NoticeLife> life_;
  std::unique_ptr<Journal> journal_;
  std::unique_ptr<JournalReader> reader_;
};

}  // namespace duenotice::test
