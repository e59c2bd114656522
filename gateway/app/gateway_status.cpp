#include "gateway/app/gateway_status.hpp"

#include <unistd.h>

#include "gateway/app/version.hpp"

namespace duenotice::app {

namespace {

Json or_null(const std::optional<Instant>& instant) { return instant ? Json(to_text(*instant)) : Json(); }

Json desk_json(const GatewayStatus::Desk& desk) {
  return Json::Object{{"channel", to_text(desk.channel)},
                      {"sandbox", desk.sandbox},
                      {"due", desk.due},
                      {"in_flight", desk.in_flight},
                      {"breaker", to_text(desk.breaker)},
                      {"breaker_open_since", or_null(desk.open_since)},
                      {"breaker_probe_at", or_null(desk.probe_at)}};
}

Json events_json(const std::optional<StatusCourier::Standing>& events) {
  if (!events) return {};
  return Json::Object{{"published_to", events->sequence},
                      {"fault", events->fault.empty() ? Json() : Json(events->fault)}};
}

}  // namespace

Json gateway_status_json(const GatewayStatus& status, std::int64_t epoch, Instant since) {
  Json channels = Json::array();
  for (const GatewayStatus::Desk& desk : status.desks) channels.push_back(desk_json(desk));
  return Json::Object{{"version", version},
                      {"pid", std::int64_t{::getpid()}},
                      {"epoch", epoch},
                      {"since", to_text(since)},
                      {"taken_in", status.taken_in},
                      {"space_is_low", status.space_is_low},
                      {"intake_paused", status.intake_paused},
                      {"queue_fault", status.queue_fault.empty() ? Json() : Json(status.queue_fault)},
                      {"events", events_json(status.events)},
                      {"channels", std::move(channels)},
                      {"commits", status.journal.commits},
                      {"commit_items", status.journal.items},
                      {"last_commit_ms", status.journal.last_commit.count()}};
}

std::string status_line(const GatewayStatus& status) {
  int due = 0;
  int in_flight = 0;
  std::string line;
  for (const GatewayStatus::Desk& desk : status.desks) {
    due += desk.due;
    in_flight += desk.in_flight;
    if (desk.breaker != CircuitBreaker::State::closed)
      line += "; the breaker of " + std::string(to_text(desk.channel)) + " is " +
              std::string(to_text(desk.breaker));
  }
  if (status.space_is_low) line += "; intake STOPPED, the disk is nearly full";
  if (!status.queue_fault.empty()) line += "; the queue cannot be reached";
  return std::to_string(due) + " due, " + std::to_string(in_flight) + " in flight" + line;
}

}  // namespace duenotice::app
