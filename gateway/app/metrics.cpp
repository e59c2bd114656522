#include "gateway/app/metrics.hpp"

#include "gateway/base/json_members.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <sstream>

namespace duenotice::app {

namespace {

using prometheus::Counter;
using prometheus::Family;

using Labels = std::map<std::string, std::string>;

constexpr std::array outcomes{
    Outcome::sent,    Outcome::relayed,    Outcome::transient_failure, Outcome::permanent_failure,
    Outcome::unknown, Outcome::not_started};
constexpr std::array breakers{CircuitBreaker::State::closed, CircuitBreaker::State::open,
                              CircuitBreaker::State::probing};

/// A commit on a healthy disk takes a few milliseconds; one of seconds is a disk in trouble.
const prometheus::Histogram::BucketBoundaries commit_buckets{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                             0.1,    0.25,  0.5,    1,     2.5,  10};

std::string word(std::string_view text) { return std::string(text); }

double seconds(Milliseconds time) {
  return static_cast<double>(std::max<std::int64_t>(time.count(), 0)) / 1e3;
}

double age(const std::optional<Instant>& since, Instant now) { return since ? seconds(now - *since) : 0; }

double unix_seconds(Instant instant) { return static_cast<double>(to_unix_ms(instant)) / 1e3; }

/// What one look found. Made anew each time, so that what could not be asked has no value instead of an old
/// one.
class Gauges {
 public:
  template <class Number>
  void set(const char* name, const char* help, Number value, const Labels& labels = {}) {
    prometheus::BuildGauge().Name(name).Help(help).Register(registry_).Add(labels).Set(
        static_cast<double>(value));
  }
  std::vector<prometheus::MetricFamily> collect() const { return registry_.Collect(); }

 private:
  prometheus::Registry registry_;
};

void set_status(Gauges& to, const GatewayStatus& status) {
  to.set("duenotice_queue_up", "1 while the gateway reaches its queue.", status.queue_fault.empty() ? 1 : 0);
  to.set("duenotice_intake_paused", "1 while no request is taken in.", status.intake_paused ? 1 : 0);
  to.set("duenotice_space_low", "1 while the journal's disk is nearly full.", status.space_is_low ? 1 : 0);
  to.set("duenotice_last_intake_timestamp_seconds",
         "When a request was last taken in; 0 when none was since the start.",
         status.last_intake ? unix_seconds(*status.last_intake) : 0.0);
  for (const GatewayStatus::Desk& desk : status.desks) {
    for (const CircuitBreaker::State state : breakers) {
      to.set("duenotice_breaker_state", "1 for the state that a channel's circuit breaker is in.",
             desk.breaker == state ? 1 : 0,
             {{"channel", word(to_text(desk.channel))}, {"state", word(to_text(state))}});
    }
  }
}

void set_channel(Gauges& to, const ChannelBacklog& backlog, Instant at) {
  const std::string channel = word(to_text(backlog.channel));
  const auto count = [&](const char* state, std::int64_t deliveries) {
    to.set("duenotice_deliveries",
           "Deliveries that are not over: due, later (mostly a retry), in_flight, relayed, failed, held.",
           deliveries, {{"channel", channel}, {"state", state}});
  };
  count("due", backlog.due);
  count("later", backlog.later);
  count("in_flight", backlog.in_flight);
  count("relayed", backlog.relayed);
  count("failed", backlog.failed);
  count("held", backlog.held);
  to.set("duenotice_oldest_waiting_age_seconds",
         "How long the oldest delivery that is due has been so; 0 when none is.", age(backlog.oldest_due, at),
         {{"channel", channel}});
}

void set_backlog(Gauges& to, const Backlog& backlog, Instant at) {
  for (const ChannelBacklog& channel : backlog.channels) set_channel(to, channel, at);
  to.set(
      "duenotice_oldest_open_notice_age_seconds",
      "How long the oldest notice has been on its way, from send_not_before if it has one; 0 when none is.",
      age(backlog.oldest_open, at));
  to.set("duenotice_rejections_open", "Rejected requests that nobody released or discarded.",
         backlog.rejections_open);
  to.set("duenotice_dead_letters_waiting", "Dead letters that the queue has not confirmed.",
         backlog.dead_letters);
  to.set("duenotice_replays_running", "Replays that are not done.", backlog.replays);
}

void set_sealing(Gauges& to, const LogSealing::Standing& sealing, Instant at) {
  to.set("duenotice_log_seal_failing_seconds",
         "For how long the evidence log could not be sealed; 0 when it can.",
         age(sealing.sealing.failing_since, at));
  for (const LogSealing::Party& tsa : sealing.tsas) {
    to.set("duenotice_log_tsa_failing_seconds",
           "For how long a time-stamping authority has given no stamp that was asked for; 0 when it does.",
           age(tsa.failing_since, at), {{"tsa", tsa.name}});
  }
  for (const LogSealing::Party& witness : sealing.witnesses) {
    to.set("duenotice_log_witness_failing_seconds",
           "For how long a witness has given no cosignature that was asked for; 0 when it does.",
           age(witness.failing_since, at), {{"witness", word(witness.name)}});
  }
}

void set_seals(Gauges& to, const SealStanding& seals) {
  to.set("duenotice_log_seals", "Seals of the evidence log.", seals.seals);
  for (const auto& [tsa, waiting] : seals.waiting)
    to.set("duenotice_log_stamps_waiting", "Seals that a time-stamping authority has still to stamp.",
           waiting, {{"tsa", tsa}});
  if (!seals.newest) return;
  to.set("duenotice_log_seal_size", "Events under the newest seal of the evidence log.",
         seals.newest->sealed.checkpoint.size);
  to.set("duenotice_log_seal_witnessed", "1 when enough witnesses have cosigned the newest seal.",
         seals.confirmation.quorum ? 1 : 0);
}

}  // namespace

/// What is counted at every commit.
struct Metrics::Counted {
  Counted(std::string_view version, Instant started_at) {
    // What was never counted is 0 from the start, so that its first increase is seen.
    for (const Channel channel : every_channel) {
      const std::string name = word(to_text(channel));
      for (const Outcome outcome : outcomes)
        attempts.Add({{"channel", name}, {"outcome", word(to_text(outcome))}});
      deemed.Add({{"channel", name}});
      breaker_opened.Add({{"channel", name}});
    }
    const auto constant = [&](const char* name, const char* help, double value, const Labels& labels) {
      prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add(labels).Set(value);
    };
    constant("duenotice_build_info", "Which version runs.", 1, {{"version", word(version)}});
    constant("duenotice_start_time_seconds", "When the gateway was started.", unix_seconds(started_at), {});
  }

  Family<Counter>& family(const char* name, const char* help) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
  }
  void count(const Event& event);

  prometheus::Registry registry;
  Family<Counter>& attempts =
      family("duenotice_attempts_total", "Attempts to hand a delivery over that ended, by their outcome.");
  Family<Counter>& receipts =
      family("duenotice_receipts_total", "What the other side said later about an attempt.");
  Family<Counter>& deemed = family("duenotice_deemed_delivered_total",
                                   "Notices whose legal date was set, by the channel of the sending.");
  Counter& accepted = family("duenotice_requests_accepted_total", "Requests that became a notice.").Add({});
  Family<Counter>& rejected = family("duenotice_requests_rejected_total", "Requests rejected, by the code.");
  Family<Counter>& breaker_opened =
      family("duenotice_breaker_opened_total", "How often a channel's circuit breaker opened.");
  Counter& lead_time_broken =
      family("duenotice_lead_time_broken_total", "Notices sent later than their clause allows.").Add({});
  prometheus::Histogram& commit_duration = prometheus::BuildHistogram()
                                               .Name("duenotice_commit_duration_seconds")
                                               .Help("How long the journal's commits took.")
                                               .Register(registry)
                                               .Add({}, commit_buckets);
};

Metrics::Metrics(std::string_view version, Instant started_at)
    : counted_(std::make_unique<Counted>(version, started_at)) {}

Metrics::~Metrics() = default;

void Metrics::count(const DurableCommit& commit) {
  counted_->commit_duration.Observe(std::chrono::duration<double>(commit.took).count());
  for (const Event& event : commit.events) counted_->count(event);
}

void Metrics::Counted::count(const Event& event) {
  const std::string channel = text_at(event.facts, "channel");
  if (event.type == events::accepted) {
    accepted.Increment();
  } else if (event.type == events::rejected) {
    rejected.Add({{"code", text_at(event.facts, "code")}}).Increment();
  } else if (event.type == events::receipt) {
    receipts.Add({{"channel", channel}, {"receipt", text_at(event.facts, "receipt")}}).Increment();
  } else if (event.type == events::deemed_delivered) {
    deemed.Add({{"channel", channel}}).Increment();
  } else if (event.type == events::breaker_opened) {
    breaker_opened.Add({{"channel", channel}}).Increment();
  } else if (event.type == events::lead_time_broken) {
    lead_time_broken.Increment();
  } else if (parse_outcome(event.type) && event.facts.find("receipt") == nullptr) {
    // An attempt that a report settles later ended before.
    attempts.Add({{"channel", channel}, {"outcome", word(event.type)}}).Increment();
  }
}

std::string Metrics::text(const MetricsLook& look) {
  Gauges gauges;
  set_status(gauges, look.status);
  if (look.counts) {
    for (const auto& [state, count] : look.counts->notices)
      gauges.set("duenotice_notices", "Notices in the journal.", count, {{"state", word(to_text(state))}});
  }
  if (look.backlog) set_backlog(gauges, *look.backlog, look.at);
  if (look.backlog && look.status.events) {
    gauges.set("duenotice_status_event_age_seconds",
               "Age of the oldest status event that the broker has not confirmed; 0 when there is none.",
               age(look.backlog->oldest_untold, look.at));
  }
  if (look.queue_waiting) {
    gauges.set("duenotice_queue_messages", "Requests in the queue that no gateway has been given yet.",
               *look.queue_waiting);
  }
  if (look.log_broken) {
    gauges.set("duenotice_log_broken",
               "1 when the evidence log is published no more until a person mends it.",
               *look.log_broken ? 1 : 0);
  }
  if (look.log) {
    gauges.set("duenotice_log_size", "Events under the newest checkpoint of the evidence log.",
               look.log->size);
    gauges.set("duenotice_log_unpublished_age_seconds",
               "Age of the oldest event that is not in the evidence log; 0 when there is none.",
               age(look.log->unpublished_since, look.at));
  }
  if (look.sealing) set_sealing(gauges, *look.sealing, look.at);
  if (look.seals) set_seals(gauges, *look.seals);
  if (look.free_bytes)
    gauges.set("duenotice_journal_free_bytes", "Free space on the journal's disk.", *look.free_bytes);
  std::vector<prometheus::MetricFamily> families = counted_->registry.Collect();
  for (prometheus::MetricFamily& family : gauges.collect()) families.push_back(std::move(family));
  std::ostringstream out;
  prometheus::TextSerializer().Serialize(out, families);
  return out.str();
}

}  // namespace duenotice::app
