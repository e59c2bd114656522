#include "gateway/pipeline/event_log.hpp"

#include <catch2/catch.hpp>
#include <sstream>

using namespace duenotice;

namespace {

const Instant now = *parse_instant("2026-03-02T04:00:00.000Z");

/// The line of an event, without its instant.
std::string line(const Event& event, LogLevel level = LogLevel::info, LogFormat format = LogFormat::json) {
  std::ostringstream out;
  Log log(level, format, out);
  log_event(log, event);
  const std::string written = out.str();
  const auto begin = written.find(format == LogFormat::json ? R"("level")" : " ");
  return begin == std::string::npos ? written : written.substr(begin);
}

Event sent() {
  return {.type = "sent",
          .notice_id = "01KJNOTICE",
          .at = now,
          .facts = Json::Object{{"channel", "email"},
                                {"attempt", 2},
                                {"code", "250"},
                                {"ended_at", to_text(now)},
                                {"sandbox", true}}};
}

}  // namespace

TEST_CASE("An event is one line, its notice first, its plain facts behind it") {
  CHECK(line(sent()) ==
        R"("level":"info","event":"sent","notice":"01KJNOTICE","attempt":2,"channel":"email","code":"250",)"
        R"("sandbox":true})"
        "\n");
  CHECK(line(sent(), LogLevel::info, LogFormat::text) ==
        " info sent notice=\"01KJNOTICE\" attempt=2 channel=\"email\" code=\"250\" sandbox=true\n");
}

TEST_CASE("Lists, digests and instants of the record are not for a line") {
  const Event accepted{.type = events::accepted,
                       .notice_id = "01KJNOTICE",
                       .at = now,
                       .facts = Json::Object{{"kind", "fund_freeze"},
                                             {"agreement_digest", "00ff"},
                                             {"effective_date", Json()},
                                             {"deliveries", Json::Array{Json("email")}}}};
  CHECK(line(accepted) == R"("level":"info","event":"accepted","notice":"01KJNOTICE","kind":"fund_freeze"})"
                          "\n");
}

TEST_CASE("What a person should look at is a warning, and what repeats itself is for debugging") {
  const auto level_of = [](std::string_view type) {
    const std::string text = line({.type = type, .notice_id = "", .at = now}, LogLevel::debug);
    return text.empty() ? text : text.substr(9, text.find('"', 9) - 9);
  };
  for (const std::string_view type :
       {std::string_view("unknown"), std::string_view("permanent_failure"), events::delivery_held,
        events::notice_failed, events::lead_time_broken, events::breaker_opened})
    CHECK(level_of(type) == "warning");
  for (const std::string_view type : {std::string_view("transient_failure"), events::deemed_delivered,
                                      events::receipt, events::made_due, events::replay_ended})
    CHECK(level_of(type) == "info");
  CHECK(level_of(events::attempt_started) == "debug");
  CHECK(line({.type = events::attempt_started, .notice_id = "01KJNOTICE", .at = now}).empty());
  CHECK(line({.type = events::epoch_started, .notice_id = "", .at = now}).empty());
}
