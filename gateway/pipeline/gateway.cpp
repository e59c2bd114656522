#include "gateway/pipeline/gateway.hpp"

#include <algorithm>

#include "gateway/base/limits.hpp"

namespace duenotice {
namespace {

constexpr int recovered_at_once = 256;
/// In-site rows shown in one commit.
constexpr int in_site_rows_at_once = 100;

}  // namespace

Gateway::Gateway(const GatewayParts& parts)
    : parts_(parts),
      maker_(parts.library, parts.providers, parts.settings.in_site_enabled),
      intake_(maker_, parts.schema, parts.settings.max_body_bytes, parts.clock, parts.random),
      life_(maker_, parts_.settings, intake_, parts.clock, parts.random),
      operations_(parts.journal, life_, intake_, parts.clock, parts.random,
                  [this](const AfterCommit& after) { announce_order(after); }) {}

Gateway::~Gateway() { stop(); }

void Gateway::start() {
  recover();
  open_channels();
  dead_letters_ = std::make_unique<DeadLetterCourier>(parts_.publisher, parts_.journal, parts_.clock,
                                                      parts_.random, parts_.log);
  if (parts_.events != nullptr) {
    events_ = std::make_unique<StatusCourier>(*parts_.events, parts_.journal, parts_.settings.event_source,
                                              parts_.random, parts_.log);
  }
  replays_ = std::make_unique<ReplayRunner>(
      life_, parts_.journal, parts_.clock, parts_.log, [this] { return replays_may_go_on(); },
      [this](const AfterCommit& after) { announce(after); });
  timer_thread_ = std::thread([this] { run_timer(); });
  intake_thread_ = std::thread([this] {
    try {
      run_intake();
    } catch (const std::exception& failure) {
      parts_.on_broken("the queue", failure.what());
    }
  });
}

/// Before the threads run nobody else could answer for work that was not done.
void Gateway::must_commit(const Journal::Work& work) {
  if (parts_.journal.run(WorkClass::outcome, work) == Committed::yes) return;
  throw std::runtime_error("the journal took nothing at the start; its reason is in the log");
}

void Gateway::recover() {
  std::int64_t total = 0;
  for (int found = recovered_at_once; found == recovered_at_once;) {
    must_commit([&](Transaction& tx) {
      AfterCommit unused;  // the desks are seeded from the rows afterwards
      found = life_.recover(tx, recovered_at_once, unused);
    });
    total += found;
  }
  if (total > 0) parts_.log.warning("interrupted_attempts_are_unknown", {{"count", total}});
}

/// Tells a desk how much an earlier life left for it.
void Gateway::seed(ChannelDesk& desk) {
  const Instant now = parts_.clock.now();
  std::size_t due = 0;
  std::optional<Instant> next;
  must_commit([&](Transaction& tx) {
    due = tx.due(desk.channel(), now, limits::due_backlog + 1).size();
    next = tx.next_due(desk.channel());
  });
  if (next) desk.due_at(*next);
  for (std::size_t i = 0; i < due; ++i) desk.due_at(now);
}

/// Deliveries of a channel that is no longer configured wait until it is again; nobody else would say so.
void Gateway::warn_of_orphans() {
  for (const Channel channel : every_channel) {
    if (desks_.count(channel) != 0) continue;
    std::optional<Instant> next;
    (void)parts_.journal.run(WorkClass::outcome, [&](Transaction& tx) { next = tx.next_due(channel); });
    if (next)
      parts_.log.error("channel_not_configured",
                       {{"channel", std::string(to_text(channel))}, {"due", to_text(*next)}});
  }
}

void Gateway::open_channels() {
  const auto add = [&](Channel channel, int capacity) {
    auto desk = std::make_unique<ChannelDesk>(channel, capacity, parts_.settings.rate_of(channel), life_,
                                              parts_.journal, parts_.clock, parts_.log,
                                              [this](const AfterCommit& after) { announce(after); });
    seed(*desk);
    return desks_.emplace(channel, std::move(desk)).first->second.get();
  };
  for (const auto& [channel, provider] : parts_.providers) {
    ChannelDesk* desk = add(channel, provider->connections() * limits::held_per_connection);
    for (int i = 0; i < provider->connections(); ++i) {
      channels::Lane* lane = lanes_.emplace_back(provider->open_lane()).get();
      ++couriers_running_;
      courier_threads_.emplace_back([this, desk, lane] { run_courier(*desk, *lane); });
    }
  }
  if (parts_.settings.in_site_enabled) add(Channel::in_site, in_site_rows_at_once);
  warn_of_orphans();
}

void Gateway::run_courier(ChannelDesk& desk, channels::Lane& lane) {
  while (auto task = desk.take()) {
    const bool too_late = task->start_before && parts_.clock.now() >= *task->start_before;
    const OutcomeReport report =
        too_late
            ? OutcomeReport{.outcome = Outcome::not_started, .code = "late", .reply = {}, .retry_after = {}}
            : lane.hand_over(task->hand_over);
    desk.finish(*task, report);
  }
  const std::lock_guard lock(mutex_);
  --couriers_running_;
  changed_.notify_all();
}

bool Gateway::intake_must_wait() const {
  return parts_.journal.space_is_low() || std::any_of(desks_.begin(), desks_.end(), [](const auto& entry) {
           return entry.second->breaker().state() == CircuitBreaker::State::closed &&
                  entry.second->backlog() > limits::due_backlog;
         });
}

/// A replay leaves room for what is new: it fills half of what intake may fill.
bool Gateway::replays_may_go_on() const {
  return !parts_.journal.space_is_low() && std::none_of(desks_.begin(), desks_.end(), [](const auto& entry) {
    return entry.second->breaker().state() == CircuitBreaker::State::closed &&
           entry.second->backlog() > limits::due_backlog / 2;
  });
}

/// One log line when the queue goes away and one when it is back. The intake thread.
void Gateway::watch_queue() {
  const Status health = parts_.consumer.health();
  std::string fault = health ? std::string() : health.error().message;
  if (fault == queue_fault_) return;
  if (fault.empty()) {
    parts_.log.info("queue_is_back");
  } else {
    parts_.log.warning("queue_is_away", {{"reason", fault}});
  }
  queue_fault_ = std::move(fault);
}

void Gateway::run_intake() {
  for (;; intake_rounds_.fetch_add(1)) {
    std::vector<std::shared_ptr<queue::Message>> again;
    const bool wait = intake_must_wait();
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
      if (!wait) again.swap(refused_);
    }
    if (wait != intake_paused_.exchange(wait)) parts_.consumer.pause(wait);
    watch_queue();
    for (auto& message : again) take_in(std::move(message));
    if (wait) {
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, limits::intake_pause, [&] { return stopping_; });
      continue;
    }
    if (auto message = parts_.consumer.next(limits::intake_patience)) {
      take_in(std::make_shared<queue::Message>(std::move(*message)));
    }
  }
}

void Gateway::take_in(std::shared_ptr<queue::Message> message) {
  auto judgement = std::make_shared<const Judgement>(intake_.judge(*message));
  record(std::move(message), std::move(judgement), Recording::judgement);
}

void Gateway::record(std::shared_ptr<queue::Message> message, std::shared_ptr<const Judgement> judgement,
                     Recording recording) {
  auto after = std::make_shared<AfterCommit>();
  auto taken = std::make_shared<TakenIn>(TakenIn::duplicate);
  parts_.journal.submit(
      WorkClass::intake,
      [this, message, judgement, after, taken](Transaction& tx) {
        *after = AfterCommit{};
        *taken = life_.take_in(tx, *message, *judgement, *after);
      },
      [this, message, judgement, recording, after, taken](Committed committed) {
        if (committed == Committed::yes) {
          parts_.consumer.acknowledge(message->tag);
          taken_in_.fetch_add(1);
          last_intake_ = parts_.clock.now();
          if (*taken == TakenIn::rejected) dead_letters_->wake();
          announce(*after);
        } else if (committed == Committed::no_space) {
          const std::lock_guard lock(mutex_);
          refused_.push_back(message);  // bounded by the consumer's prefetch: it stays unacknowledged
        } else if (committed == Committed::failed) {
          not_recorded(message, *judgement, recording);
        }
      });
}

void Gateway::not_recorded(std::shared_ptr<queue::Message> message, const Judgement& judgement,
                           Recording recording) {
  // Which request it was says the rejection that takes its place; here its id may be anything.
  parts_.log.error("intake_undone", {{"bytes", std::int64_t(message->body.size())}});
  // A rejection that cannot be recorded has nothing truer to be replaced by.
  if (recording == Recording::rejection_instead || std::holds_alternative<Rejection>(judgement.verdict)) {
    return parts_.on_broken("the journal",
                            "it holds neither a notice nor a rejection of a message that stays in the queue");
  }
  const Rejection rejection{RejectionCode::not_recorded, "",
                            "the notice could not be recorded, through no fault of the request; tell the "
                            "gateway's operator, and publish it again under the same id when that is mended"};
  record(std::move(message),
         std::make_shared<const Judgement>(
             Judgement{judgement.identity, judgement.sequence, judgement.published, rejection}),
         Recording::rejection_instead);
}

void Gateway::announce(const AfterCommit& after) {
  const Instant now = parts_.clock.now();
  if (events_) events_->wake();
  bool later = false;
  for (const AfterCommit::Due& due : after.due) {
    const auto desk = desks_.find(due.channel);
    if (desk == desks_.end()) continue;
    desk->second->due_at(due.at);
    desk->second->pump();
    later = later || due.at > now;
  }
  if (later) {
    const std::lock_guard lock(mutex_);
    timer_must_look_ = true;
    changed_.notify_all();
  }
  if (after.first_shown_at && now - *after.first_shown_at > limits::in_site_midnight_guard) {
    parts_.journal.submit(
        WorkClass::outcome,
        [this, shown = *after.first_shown_at, now](Transaction& tx) { life_.record_overrun(tx, shown, now); },
        [](Committed) {});
  }
}

/// Whoever orders something to be sent wants to see now whether its provider is back.
void Gateway::announce_order(const AfterCommit& after) {
  for (const AfterCommit::Due& due : after.due) {
    const auto desk = desks_.find(due.channel);
    if (desk != desks_.end() && due.at <= parts_.clock.now()) desk->second->probe_now();
  }
  announce(after);
}

Result<Json> Gateway::perform(const Json& order) {
  auto done = operations_.perform(order);
  if (done && done->find("deliveries") != nullptr) {  // a replay
    for (const auto& [channel, desk] : desks_) desk->probe_now();
  }
  if (done) replays_->wake();
  return done;
}

channels::ReportTaken Gateway::report(const channels::Report& report) {
  const Instant now = parts_.clock.now();
  AfterCommit after;
  bool known = false;
  const Committed committed = parts_.journal.run(WorkClass::outcome, [&](Transaction& tx) {
    after = AfterCommit{};
    known = life_.record_report(tx, report, now, after);
  });
  if (committed != Committed::yes) return channels::ReportTaken::try_later;
  if (!known) return channels::ReportTaken::no_such_attempt;
  announce(after);
  return channels::ReportTaken::recorded;
}

/// Time passes for the deliveries of a channel that is not configured any more too.
void Gateway::settle_orphans() {
  for (const Channel channel : every_channel) {
    if (desks_.count(channel) != 0) continue;
    auto after = std::make_shared<AfterCommit>();
    parts_.journal.submit(
        WorkClass::outcome,
        [this, channel, after](Transaction& tx) {
          *after = AfterCommit{};
          (void)life_.settle_overdue(tx, channel, *after);
        },
        [this, after](Committed committed) {
          if (committed == Committed::yes) announce(*after);
        });
  }
}

void Gateway::run_timer() {
  Instant settle_at = parts_.clock.now();
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    Milliseconds rest = limits::due_poll;
    lock.unlock();
    const bool settle = parts_.clock.now() >= settle_at;
    if (settle) {
      settle_at = parts_.clock.now() + limits::due_poll;
      settle_orphans();
    }
    for (const auto& [channel, desk] : desks_) {
      if (settle) desk->settle_overdue();
      desk->pump();
      if (const auto next = desk->next_due()) {
        rest = std::clamp(std::chrono::duration_cast<Milliseconds>(*next - parts_.clock.now()),
                          Milliseconds(1), rest);
      }
    }
    timer_rounds_.fetch_add(1);
    lock.lock();
    changed_.wait_for(lock, rest, [&] { return stopping_ || timer_must_look_; });
    timer_must_look_ = false;
  }
}

void Gateway::stop() {
  const auto begun = std::chrono::steady_clock::now();
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    stopping_ = true;
    changed_.notify_all();
  }
  parts_.consumer.wind_down();
  if (replays_) replays_->stop();
  for (const auto& [channel, desk] : desks_) desk->close();
  if (dead_letters_)
    dead_letters_->stop(std::min<Milliseconds>(parts_.settings.drain, limits::broker_farewell));
  if (intake_thread_.joinable()) intake_thread_.join();
  if (timer_thread_.joinable()) timer_thread_.join();
  {
    std::unique_lock lock(mutex_);
    changed_.wait_until(lock, begun + parts_.settings.drain, [&] { return couriers_running_ == 0; });
  }
  for (const auto& lane : lanes_) lane->abort();
  for (std::thread& courier : courier_threads_) courier.join();
  // What was submitted is committed before the first empty unit, and what its completion submitted before the
  // second.
  for (int i = 0; i < 2; ++i) (void)parts_.journal.run(WorkClass::outcome, [](Transaction&) {});
  if (events_) events_->stop(std::min<Milliseconds>(parts_.settings.drain, limits::broker_farewell));
}

GatewayStatus Gateway::status() const {
  GatewayStatus status;
  for (const auto& [channel, desk] : desks_) {
    const CircuitBreaker breaker = desk->breaker();
    status.desks.push_back({channel, maker_.sandbox(channel), desk->backlog(), desk->held(), breaker.state(),
                            breaker.open_since(), breaker.probe_at()});
  }
  status.space_is_low = parts_.journal.space_is_low();
  status.intake_paused = intake_paused_.load();
  if (const Status health = parts_.consumer.health(); !health) status.queue_fault = health.error().message;
  if (events_) status.events = events_->standing();
  status.taken_in = taken_in_.load();
  if (const Instant last = last_intake_.load(); last != Instant::min()) status.last_intake = last;
  status.journal = parts_.journal.figures();
  return status;
}

}  // namespace duenotice
