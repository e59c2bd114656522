#include <catch2/catch.hpp>

#include "gateway/agreement/lead_time.hpp"
#include "gateway/app/preview_messages.hpp"
#include "gateway/base/time_zone.hpp"
#include "tests/support/test_clock.hpp"

using namespace duenotice;
using namespace duenotice::app;

namespace {

/// Ten minutes before midnight in the agreement's time zone.
const test::TestClock late_evening("2026-03-02T04:50:00.000Z");

/// A gateway with both channels.
Configuration both_channels() {
  Configuration configuration;
  configuration.email.url = "smtp://localhost";
  configuration.email.from = "notices@example.com";
  return configuration;
}

/// Either channel satisfies the clause, seven days before `effective`.
std::string request(const std::string& recipient, const std::string& effective) {
  return R"({"source":"s","id":"1","account_id":"a","variables":{"summary":"x"},"recipient":{"name":"Ann",)"
         R"("locale":"en",)" +
         recipient + R"(},"effective_date":")" + effective + "\"}";
}

const std::string by_email = R"("email":"ann@example.com")";
const std::string by_both = R"("email":"ann@example.com","user_id":"u-1")";

Result<Preview> preview(const Configuration& configuration, const std::string& data,
                        const std::string& kind = "ordered_hold") {
  PreviewArguments arguments;
  arguments.agreement = "test-agreement";
  arguments.kind = kind;
  const templates::Loaded loaded = templates::load_library(SOURCE_DIR "/tests/support/agreements");
  REQUIRE(loaded.library != nullptr);
  auto read = PreviewData::read(data, arguments);
  REQUIRE(read.ok());
  auto made = make_preview(loaded.library, configuration, arguments, std::move(*read), late_evening);
  if (made) made->agreement = nullptr;  // it ends with the library
  if (made) made->kind = nullptr;
  return made;
}

std::vector<std::string> warnings(const Preview& preview) {
  std::vector<std::string> codes;
  for (const PreviewWarning& warning : preview.warnings) codes.push_back(warning.code);
  return codes;
}

using Codes = std::vector<std::string>;

}  // namespace

TEST_CASE("A date that preview chooses is lawful for the sending, also for one that waits") {
  const std::string data = R"({"variables":{"summary":"x"})";
  const auto now = preview(both_channels(), data + "}");
  REQUIRE(now.ok());
  CHECK(warnings(*now) == Codes{"effective_date_assumed"});
  const auto later = preview(both_channels(), data + R"(,"send_not_before":"2026-05-04T12:00:00Z"})");
  REQUIRE(later.ok());
  CHECK(warnings(*later) == Codes{"effective_date_assumed"});
  REQUIRE(later->effective_date.has_value());
  CHECK(to_text(*later->effective_date) == "2026-05-12");
}

TEST_CASE("A recipient that the configured channels cannot reach is a rejection to warn of") {
  Configuration no_email;
  const auto shown = preview(no_email, request(by_email, "2026-06-01"));
  REQUIRE(shown.ok());
  CHECK(warnings(*shown) == Codes{"no_usable_address", "channel_unused"});
  CHECK_THAT(say(Language::english, shown->warnings.front().message),
             Catch::StartsWith("published now, this request would be REJECTED (no_usable_address): clause"));
  CHECK_THAT(say(Language::chinese, shown->warnings.front().message), Catch::StartsWith("若现在发布"));
  REQUIRE(shown->messages.size() == 1);
  CHECK(shown->messages.front().channel == Channel::email);
  CHECK(shown->effective_date == parse_date("2026-06-01"));
  const auto reached = preview(both_channels(), request(by_email, "2026-06-01"));
  REQUIRE(reached.ok());
  CHECK(warnings(*reached).empty());
}

TEST_CASE("A channel that is named and not configured is a rejection to warn of") {
  std::string named = request(by_both, "2026-06-01");
  named.insert(1, R"("channels":["email"],)");
  const auto shown = preview(Configuration(), named);
  REQUIRE(shown.ok());
  CHECK(warnings(*shown) == Codes{"channel_not_configured", "channel_unused"});
  CHECK(shown->messages.size() == 1);
}

TEST_CASE("Near midnight the guard of the configured channels decides whether a date is lawful") {
  const auto zone = TimeZone::load("America/New_York");
  REQUIRE(zone.ok());
  const std::string tonight =
      to_text(earliest_for_start(late_evening.now(), limits::in_site_midnight_guard, *zone, 7, RestDays()));
  const auto in_time = preview(both_channels(), request(by_both, tonight));
  REQUIRE(in_time.ok());
  CHECK(warnings(*in_time).empty());
  Configuration email_only = both_channels();
  email_only.in_site.enabled = false;
  const auto too_late = preview(email_only, request(by_both, tonight));
  REQUIRE(too_late.ok());
  CHECK(warnings(*too_late) == Codes{"lead_time_too_short", "channel_unused"});
  CHECK(too_late->effective_date == parse_date(tonight));
}

TEST_CASE("The configured bound on a body holds for a preview") {
  Configuration narrow = both_channels();
  narrow.queue.max_body = 150;
  const auto refused = preview(narrow, request(by_both, "2026-06-01"));
  REQUIRE(!refused.ok());
  CHECK(refused.error().kind == ErrorKind::invalid);
  CHECK_THAT(refused.error().message, Catch::StartsWith("too_large at the body"));
}

TEST_CASE("A mistake of the request is refused, whatever is configured") {
  for (const Configuration& configuration : {both_channels(), Configuration()}) {
    const auto refused = preview(configuration, request(by_both + R"(,"phone":"1")", "2026-06-01"));
    REQUIRE(!refused.ok());
    CHECK_THAT(refused.error().message, Catch::StartsWith("malformed_phone at /recipient/phone"));
    std::string wrong = request(by_both, "2026-06-01");
    wrong.replace(wrong.find("summary"), 7, "sumary");
    CHECK(!preview(configuration, wrong).ok());
  }
}

TEST_CASE("A recipient without any address is shown with made-up ones, and warned of") {
  const auto shown = preview(both_channels(), R"({"source":"s","id":"1","account_id":"a","variables":)"
                                              R"({"summary":"x"},"recipient":{"name":"Ann","locale":"en"},)"
                                              R"("effective_date":"2026-06-01"})");
  REQUIRE(shown.ok());
  CHECK(warnings(*shown) == Codes{"no_usable_address"});
  CHECK_THAT(say(Language::english, shown->warnings.front().message),
             Catch::StartsWith("the recipient has no address, and published like this"));
  CHECK_THAT(say(Language::chinese, shown->warnings.front().message),
             Catch::StartsWith("收件人没有任何地址"));
}

TEST_CASE("A version that is named before it is in force is warned of") {
  const auto shown = preview(
      both_channels(), R"({"agreement_version":"2099-01-01",)" + request(by_email, "2099-06-01").substr(1),
      "any_move");
  REQUIRE(shown.ok());
  CHECK(warnings(*shown) == Codes{"not_in_force_yet"});
  CHECK(say(Language::english, shown->warnings.front().message) ==
        "version 2099-01-01 is not in force before 2099-01-01: it is used because it was named");
}
