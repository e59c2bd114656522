#include "gateway/app/status_report.hpp"

#include "gateway/app/journal_access.hpp"
#include "gateway/app/terminal.hpp"
#include "gateway/app/used_versions.hpp"
#include "gateway/app/wiring.hpp"
#include "gateway/base/clock.hpp"
#include "gateway/base/json_members.hpp"
#include "templates/renderer.hpp"

namespace duenotice::app {

namespace {

Json or_null(const std::string& text) { return text.empty() ? Json() : Json(as_utf8(text)); }
Json or_null(const std::optional<Instant>& instant) { return instant ? Json(to_text(*instant)) : Json(); }

/// What the gateway says about a channel; null when it does not know it.
const Json* desk_of(const GatewayPresence& gateway, Channel channel) {
  const Json* desks = gateway.answer ? gateway.answer->find("channels") : nullptr;
  if (desks == nullptr || desks->as_array() == nullptr) return nullptr;
  for (const Json& desk : *desks->as_array()) {
    if (text_at(desk, "channel") == to_text(channel)) return &desk;
  }
  return nullptr;
}

bool is_configured(const Configuration& configuration, Channel channel) {
  switch (channel) {
    case Channel::email:
      return configuration.email.enabled();
    case Channel::sms:
      return configuration.sms.enabled();
    case Channel::in_site:
      return configuration.in_site.enabled;
  }
  return false;
}

bool is_sandbox(const Configuration& configuration, Channel channel) {
  return (channel == Channel::email && configuration.email.sandbox) ||
         (channel == Channel::sms && configuration.sms.sandbox);
}

bool has_work(const ChannelBacklog& backlog) {
  return backlog.due + backlog.later + backlog.in_flight + backlog.relayed + backlog.failed + backlog.held >
         0;
}

Json gateway_json(const Json& answer) {
  Json json = Json::object();
  for (const char* key :
       {"version", "pid", "epoch", "since", "taken_in", "agreements", "metrics", "log", "seals"}) {
    const Json* member = answer.find(key);
    json[key] = member == nullptr ? Json() : *member;
  }
  return json;
}

Json channel_json(const ChannelStatus& status, Instant now) {
  const ChannelBacklog& backlog = status.backlog;
  const auto& oldest = backlog.oldest_due;
  return Json::Object{{"channel", to_text(backlog.channel)},
                      {"configured", status.configured},
                      {"sandbox", status.sandbox},
                      {"breaker", or_null(status.breaker)},
                      {"breaker_open_since", or_null(status.breaker_open_since)},
                      {"breaker_probe_at", or_null(status.breaker_probe_at)},
                      {"due", backlog.due},
                      {"later", backlog.later},
                      {"in_flight", backlog.in_flight},
                      {"relayed", backlog.relayed},
                      {"failed", backlog.failed},
                      {"held", backlog.held},
                      {"oldest_due_at", or_null(oldest)},
                      {"oldest_waiting_ms", oldest ? Json((now - *oldest).count()) : Json()}};
}

void add_journal(Json& json, const StatusReport& report, const Configuration& configuration) {
  const auto& [counts, backlog] = *report.journal;
  json["notices"] = Json::object();
  for (const auto& [state, count] : counts.notices) json["notices"][to_text(state)] = count;
  json["lead_times_broken"] = backlog.lead_times_broken;
  json["rejections_open"] = backlog.rejections_open;
  json["dead_letters_waiting"] = backlog.dead_letters;
  json["status_events_waiting_since"] =
      configuration.queue.embedded ? Json() : or_null(backlog.oldest_untold);
  json["replays_running"] = backlog.replays;
  const auto& oldest = backlog.oldest_open;
  json["oldest_open_since"] = or_null(oldest);
  json["oldest_open_ms"] = oldest ? Json((report.at - *oldest).count()) : Json();
  json["channels"] = Json::array();
  for (const ChannelStatus& status : channel_statuses(backlog, report.gateway, configuration))
    json["channels"].push_back(channel_json(status, report.at));
}

Result<StatusReport::Record> read_journal(const Configuration& configuration, Instant now) {
  const auto reader = open_journal(configuration.journal);
  if (!reader) return reader.error();
  auto counts = (*reader)->counts();
  if (!counts) return counts.error();
  auto backlog = (*reader)->backlog(now);
  if (!backlog) return backlog.error();
  return StatusReport::Record{std::move(*counts), std::move(*backlog)};
}

std::vector<UsedVersion> look_at_versions(const Configuration& configuration) {
  const auto loaded = templates::load_library(configuration.agreements.path);
  if (!loaded.library) return {};
  return changed_versions(loaded.library->agreements(), configuration.journal);
}

Json changed_json(const std::vector<UsedVersion>& changed) {
  Json list = Json::array();
  for (const UsedVersion& each : changed) {
    list.push_back(Json::Object{{"agreement", as_utf8(each.agreement)},
                                {"version", as_utf8(each.version)},
                                {"used_since", to_text(each.since)}});
  }
  return list;
}

Json log_json(const Result<LogStanding>& log, Instant now) {
  if (!log) return Json::Object{{"error", or_null(log.error().message)}};
  const auto& since = log->unpublished_since;
  return Json::Object{{"error", Json()},
                      {"size", static_cast<std::int64_t>(log->size)},
                      {"unpublished", static_cast<std::int64_t>(log->unpublished())},
                      {"oldest_unpublished_at", or_null(since)},
                      {"oldest_unpublished_ms", since ? Json((now - *since).count()) : Json()}};
}

Json names_json(const std::vector<std::string>& names) {
  Json list = Json::array();
  for (const std::string& name : names) list.push_back(as_utf8(name));
  return list;
}

Json newest_seal_json(const SealStanding& seals) {
  if (!seals.newest) return Json();
  return Json::Object{{"seal", seals.newest->id},
                      {"sealed_at", to_text(seals.newest->at)},
                      {"size", static_cast<std::int64_t>(seals.newest->sealed.checkpoint.size)},
                      {"stamped_by", names_json(seals.confirmation.stamped)},
                      {"not_stamped_by", names_json(seals.confirmation.unstamped)},
                      {"cosigned_by", names_json(seals.confirmation.cosigned)},
                      {"not_cosigned_by", names_json(seals.confirmation.uncosigned)},
                      {"quorum", seals.confirmation.quorum}};
}

Json seals_json(const Result<SealStanding>& seals) {
  if (!seals) return Json::Object{{"error", or_null(seals.error().message)}};
  Json waiting = Json::object();
  for (const auto& [tsa, count] : seals->waiting) waiting[tsa] = count;
  return Json::Object{{"error", Json()},
                      {"seals", seals->seals},
                      {"newest", newest_seal_json(*seals)},
                      {"stamps_waiting", std::move(waiting)}};
}

}  // namespace

StatusReport ask_for_status(const Configuration& configuration) {
  const Instant now = SystemClock().now();
  return {.at = now,
          .gateway = look_for_gateway(configuration),
          .queue_kind = configuration.queue.embedded ? "embedded" : "rabbitmq",
          .queue = count_requests(configuration),
          .journal = read_journal(configuration, now),
          .changed_versions = look_at_versions(configuration),
          .log = configuration.evidence.enabled() ? std::optional(look_at_log(configuration)) : std::nullopt,
          .seals = configuration.evidence.enabled() ? std::optional(look_at_seals(configuration.evidence))
                                                    : std::nullopt};
}

std::string_view intake_word(const StatusReport& report) {
  if (report.gateway.presence == Presence::hangs) return "hangs";
  if (report.gateway.presence == Presence::not_ours) return "unknown";
  const Result<Json>& answer = report.gateway.answer;
  if (!answer) return "stopped";
  if (flag_at(*answer, "space_is_low")) return "no_space";
  if (!text_at(*answer, "queue_fault").empty()) return "queue_away";
  return flag_at(*answer, "intake_paused") ? "paused" : "running";
}

std::vector<ChannelStatus> channel_statuses(const Backlog& backlog, const GatewayPresence& gateway,
                                            const Configuration& configuration) {
  std::vector<ChannelStatus> statuses;
  for (const ChannelBacklog& each : backlog.channels) {
    const Json* desk = desk_of(gateway, each.channel);
    ChannelStatus status{.backlog = each,
                         .configured = is_configured(configuration, each.channel),
                         .sandbox = is_sandbox(configuration, each.channel)};
    if (desk != nullptr) {
      status.configured = true;
      status.sandbox = flag_at(*desk, "sandbox");
      status.breaker = text_at(*desk, "breaker");
      status.breaker_open_since = text_at(*desk, "breaker_open_since");
      status.breaker_probe_at = text_at(*desk, "breaker_probe_at");
    }
    if (status.configured || has_work(each)) statuses.push_back(std::move(status));
  }
  return statuses;
}

Json status_json(const StatusReport& report, const Configuration& configuration) {
  Json json = Json::object();
  json["at"] = to_text(report.at);
  const Result<Json>& answer = report.gateway.answer;
  json["presence"] = presence_word(report.gateway.presence);
  json["gateway"] = answer ? gateway_json(*answer) : Json();
  json["gateway_error"] = answer ? Json() : or_null(answer.error().message);
  json["standing_still"] = or_null(report.gateway.standing_still());
  json["intake"] = intake_word(report);
  const Json* commit = answer ? answer->find("last_commit_ms") : nullptr;
  json["last_commit_ms"] = commit == nullptr ? Json() : *commit;
  json["queue"] = Json::Object{{"kind", report.queue_kind},
                               {"waiting", report.queue ? Json(*report.queue) : Json()},
                               {"error", report.queue ? Json() : or_null(report.queue.error().message)}};
  json["journal_error"] = report.journal ? Json() : or_null(report.journal.error().message);
  json["agreement_versions_changed"] = changed_json(report.changed_versions);
  if (report.journal) add_journal(json, report, configuration);
  json["log"] = report.log ? log_json(*report.log, report.at) : Json();
  json["seals"] = report.seals ? seals_json(*report.seals) : Json();
  return json;
}

}  // namespace duenotice::app
