#include <catch2/catch.hpp>
#include <future>

#include "tests/contract/channels/smtp_bench.hpp"

using namespace duenotice;
using namespace duenotice::test;
using Kind = Act::Kind;

namespace {

/// Aborts a hand-over while the server is silent at `moment`; its report, which must come soon.
OutcomeReport abort_at(ScriptedSmtpServer& server, Moment moment, const channels::HandOver& hand_over) {
  const auto lane = open(options_for(server))->open_lane();
  auto report = std::async(std::launch::async, [&] { return lane->hand_over(hand_over); });
  REQUIRE(server.wait([&](const auto& s) { return s.reached(moment) > 0; }));
  lane->abort();
  REQUIRE(report.wait_for(std::chrono::seconds(5)) == std::future_status::ready);
  CHECK(text_of(lane->hand_over(hand_over)) == "not_started aborted");
  return report.get();
}

}  // namespace

TEST_CASE("abort ends a hand-over soon, and before the final dot it counts as never begun") {
  const Moment moment =
      GENERATE(Moment::greeting, Moment::session, Moment::mail, Moment::recipient, Moment::data);
  ScriptedSmtpServer server;
  server.at(moment, {Kind::stall});
  CHECK(text_of(abort_at(server, moment, message())) == "not_started aborted");
  CHECK(messages(server) == 0);
}

TEST_CASE("abort while the answer to the final dot is awaited leaves it unknown") {
  ScriptedSmtpServer server;
  server.at(Moment::dot, {Kind::stall});
  CHECK(text_of(abort_at(server, Moment::dot, message())) == "unknown aborted");
}

TEST_CASE("abort in the middle of the content never makes half a message a whole one") {
  ScriptedSmtpServer server;
  server.at(Moment::data, {Kind::unread, "354 go on\r\n"});
  channels::HandOver large = message();
  for (int i = 0; i < 200'000; ++i)
    large.content += "0123456789012345678901234567890123456789012345678901234567\r\n";
  CHECK(text_of(abort_at(server, Moment::data, large)) == "not_started aborted");
  CHECK(server.raw_content().find("\r\n.\r\n") == std::string::npos);
  CHECK(messages(server) == 0);
}

TEST_CASE("abort while connecting") {
  ScriptedSmtpServer server;
  channels::EmailOptions options = options_for(server);
  const auto lane = open(options)->open_lane();
  lane->abort();
  CHECK(text_of(lane->hand_over(message())) == "not_started aborted");
  CHECK(server.connections() == 0);
}
