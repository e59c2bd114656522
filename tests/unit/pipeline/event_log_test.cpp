#include "gateway/pipeline/event_log.hpp"

#include <catch2/catch.hpp>
#include <regex>
#include <sstream>

using namespace duenotice;

namespace {

const Instant now = *parse_instant("2026-03-02T04:00:00.000Z");

/// The line of an event, with `…` in the place of its instant.
std::string line(const Event& event, LogLevel level = LogLevel::info, LogFormat format = LogFormat::json) {
  std::ostringstream out;
  Log log(level, format, out);
  log_event(log, event);
  static const std::regex instant(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)");
  return std::regex_replace(out.str(), instant, "…");
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
        R"({"notice":"01KJNOTICE","at":"…","level":"info","event":"sent","attempt":2,"channel":"email",)"
        R"("code":"250","sandbox":true})"
        "\n");
  CHECK(line(sent(), LogLevel::info, LogFormat::text) ==
        "notice=\"01KJNOTICE\" … info sent attempt=2 channel=\"email\" code=\"250\" sandbox=true\n");
}

TEST_CASE("A line without a notice begins with its time") {
  const Event event{
      .type = events::replay_ended, .notice_id = "", .at = now, .facts = Json::Object{{"job", "01J"}}};
  CHECK(line(event) == R"({"at":"…","level":"info","event":"replay_ended","job":"01J"})"
                       "\n");
  CHECK(line(event, LogLevel::info, LogFormat::text) == "… info replay_ended job=\"01J\"\n");
}

TEST_CASE("Lists, digests and instants of the record are not for a line") {
  const Event accepted{.type = events::accepted,
                       .notice_id = "01KJNOTICE",
                       .at = now,
                       .facts = Json::Object{{"kind", "fund_freeze"},
                                             {"agreement_digest", "00ff"},
                                             {"effective_date", Json()},
                                             {"deliveries", Json::Array{Json("email")}}}};
  CHECK(line(accepted) ==
        R"({"notice":"01KJNOTICE","at":"…","level":"info","event":"accepted","kind":"fund_freeze"})"
        "\n");
}

TEST_CASE("What a person should look at is a warning, and what repeats itself is for debugging") {
  const auto level_of = [](std::string_view type) {
    const std::string text = line({.type = type, .notice_id = "", .at = now}, LogLevel::debug);
    static const std::regex level(R"re("level":"([a-z]+)")re");
    std::smatch found;
    return std::regex_search(text, found, level) ? found[1].str() : std::string();
  };
  for (const std::string_view type :
       {std::string_view("unknown"), std::string_view("permanent_failure"), events::delivery_held,
        events::notice_failed, events::lead_time_broken, events::breaker_opened})
    CHECK(level_of(type) == "warning");
  for (const std::string_view type : {std::string_view("transient_failure"), events::deemed_delivered,
                                      events::receipt, events::made_due, events::replay_ended})
    CHECK(level_of(type) == "info");
  CHECK(level_of(events::attempt_started) == "info");
  CHECK(level_of(events::dead_letter_published) == "debug");
  CHECK(line({.type = events::dead_letter_published, .notice_id = "", .at = now}).empty());
  CHECK(line({.type = events::epoch_started, .notice_id = "", .at = now}).empty());
}
