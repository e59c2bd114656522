#pragma once
#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "gateway/base/log.hpp"
#include "gateway/journal/journal.hpp"
#include "gateway/pipeline/channel_desk.hpp"
#include "gateway/pipeline/dead_letter_courier.hpp"
#include "gateway/pipeline/notice_life.hpp"
#include "gateway/pipeline/operations.hpp"
#include "gateway/pipeline/replay_runner.hpp"
#include "gateway/pipeline/status_courier.hpp"
#include "queue/queue.hpp"

namespace duenotice {

/// The parts that a running gateway is put together from. Everything must outlive the gateway.
struct GatewayParts {
  const PipelineSettings& settings;
  const templates::CurrentLibrary& library;
  const Providers& providers;
  const RequestSchema& schema;
  Journal& journal;
  queue::Consumer& consumer;
  queue::Publisher& publisher;
  queue::EventPublisher* events = nullptr;  ///< null: no status events are published
  const Clock& clock;
  Random& random;
  Log& log;
  /// Called on the thread that found it when `what` ("the queue", "the journal") can no longer be trusted. It
  /// must end the process.
  std::function<void(const std::string& what, const std::string& reason)> on_broken;
};

/// What a running gateway says about itself.
struct GatewayStatus {
  struct Desk {
    Channel channel = Channel::email;
    bool sandbox = false;
    int due = 0;        ///< due rows waiting in the journal, an estimate from above
    int in_flight = 0;  ///< claimed and without outcome
    CircuitBreaker::State breaker = CircuitBreaker::State::closed;
    std::optional<Instant> open_since{};  ///< empty while the breaker is closed
    std::optional<Instant> probe_at{};    ///< when an open breaker lets one attempt through
  };
  std::vector<Desk> desks;
  bool space_is_low = false;
  bool intake_paused = false;
  std::string queue_fault;  ///< empty: reachable
  /// Status events; empty when none are published.
  std::optional<StatusCourier::Standing> events;
  std::int64_t taken_in = 0;
  std::optional<Instant> last_intake;  ///< empty while none was
  Journal::Figures journal;
};

/// The pipeline with its threads: one for intake, one a connection, one timer, one for dead letters,
/// one for status events.
///
/// A message is acknowledged once the journal holds what became of it. Should a constraint of the journal
/// undo that (which only our own bug or a damaged journal can bring about), the message alone is kept as a
/// rejection with the code `not_recorded`, body, dead letter and all: left in the queue it would hold a place
/// of the prefetch for ever, and stopping for it would let one message keep all notices from going out,
/// start after start. When the journal undoes a rejection, it is `on_broken`, and the message stays in the
/// queue. A process that dies between that rejection and its acknowledgement may accept the same message
/// later, and the dead letter says so much: the request may be published again under the same id.
class Gateway {
 public:
  explicit Gateway(const GatewayParts& parts);
  ~Gateway();

  /// Turns the intents that an earlier process left open into `unknown`, then starts everything.
  void start();

  /// Takes in nothing more, starts no attempt, lets those under way finish for at most settings.drain,
  /// interrupts the rest, and records every outcome. When it returns all threads are gone and the journal may
  /// be closed. The queue is told first: it makes no new connection, and dead letters under way get
  /// limits::broker_farewell of the drain. Status events get as long after it, so that publishers learn how
  /// it ended. The consumer is left running for the acknowledgements; stop it next.
  void stop();

  GatewayStatus status() const;

  /// How often the threads that never rest for long went round; whoever watches them compares two looks.
  struct Rounds {
    std::int64_t timer = 0;
    std::int64_t intake = 0;
  };
  Rounds rounds() const { return {timer_rounds_.load(), intake_rounds_.load()}; }

  /// Does what an operator asks for (operations.hpp). Any thread but the journal's, between `start` and
  /// `stop`.
  Result<Json> perform(const Json& order);

  /// What a relay or a provider says later about an attempt; durable when it returns `recorded`. Any thread
  /// but the journal's, between `start` and `stop`.
  channels::ReportTaken report(const channels::Report& report);

 private:
  enum class Recording { judgement, rejection_instead };

  void must_commit(const Journal::Work& work);
  void recover();
  void open_channels();
  void seed(ChannelDesk& desk);
  void warn_of_orphans();
  void run_intake();
  void watch_queue();
  void take_in(std::shared_ptr<queue::Message> message);
  void record(std::shared_ptr<queue::Message> message, std::shared_ptr<const Judgement> judgement,
              Recording recording);
  void not_recorded(std::shared_ptr<queue::Message> message, const Judgement& judgement, Recording recording);
  void run_courier(ChannelDesk& desk, channels::Lane& lane);
  void run_timer();
  void settle_orphans();
  void announce(const AfterCommit& after);
  void announce_order(const AfterCommit& after);
  bool intake_must_wait() const;
  bool replays_may_go_on() const;

  const GatewayParts parts_;
  const MessageMaker maker_;
  const Intake intake_;
  const NoticeLife life_;
  std::map<Channel, std::unique_ptr<ChannelDesk>> desks_;
  std::vector<std::unique_ptr<channels::Lane>> lanes_;
  Operations operations_;
  std::unique_ptr<DeadLetterCourier> dead_letters_;
  std::unique_ptr<ReplayRunner> replays_;
  std::unique_ptr<StatusCourier> events_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::shared_ptr<queue::Message>> refused_;  ///< for want of space; taken in again later
  bool stopping_ = false;
  bool timer_must_look_ = false;
  int couriers_running_ = 0;
  std::string queue_fault_;  ///< as last logged; the intake thread's
  std::atomic<bool> intake_paused_{false};
  std::atomic<std::int64_t> taken_in_{0};
  std::atomic<Instant> last_intake_{Instant::min()};
  std::atomic<std::int64_t> timer_rounds_{0};
  std::atomic<std::int64_t> intake_rounds_{0};

  std::thread intake_thread_;
  std::thread timer_thread_;
  std::vector<std::thread> courier_threads_;
};

}  // namespace duenotice
