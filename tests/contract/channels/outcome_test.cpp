#include <catch2/catch.hpp>
#include <vector>

#include "tests/contract/channels/smtp_bench.hpp"

using namespace duenotice;
using namespace duenotice::test;
using Kind = Act::Kind;

namespace {

struct Case {
  Moment moment;
  Act act;
  std::string expected;
  std::string reply;
};

/// Runs one bad moment, and then a second message over the same lane: whatever happened to the first, the
/// second must arrive whole and with an answer of its own.
void check_case(const Case& row, bool impatient) {
  ScriptedSmtpServer server;
  server.at(row.moment, row.act);
  const auto provider = open(impatient ? impatient_options_for(server) : options_for(server));
  const auto lane = provider->open_lane();
  const auto began = std::chrono::steady_clock::now();
  const OutcomeReport report = lane->hand_over(message(1, "first"));
  CHECK(std::chrono::steady_clock::now() - began < provider->guard() + std::chrono::seconds(1));
  CHECK(text_of(report) == row.expected);
  CHECK(report.reply == row.reply);
  const int taken = row.moment == Moment::dot ? 1 : 0;
  CHECK(messages(server) == taken);

  const OutcomeReport second = lane->hand_over(message(2, "second"));
  CHECK(text_of(second) == "sent 250");
  REQUIRE(messages(server) == taken + 1);
  CHECK(server.messages().back().content == message(2, "second").content);
}

void check_all(const std::vector<Case>& rows, bool impatient = false) {
  for (const Case& row : rows) {
    DYNAMIC_SECTION("moment " << static_cast<int>(row.moment) << " " << row.expected << " " << row.act.text) {
      check_case(row, impatient);
    }
  }
}

}  // namespace

TEST_CASE("a connection that ends before the content is never a sending, and worth another try") {
  check_all({
      {Moment::greeting, {Kind::close}, "transient_failure connection_lost_greeting", ""},
      {Moment::session, {Kind::close}, "transient_failure connection_lost_session", ""},
      {Moment::mail, {Kind::close}, "transient_failure connection_lost_mail", ""},
      {Moment::recipient, {Kind::close}, "transient_failure connection_lost_recipient", ""},
      {Moment::data, {Kind::close}, "transient_failure connection_lost_data", ""},
      {Moment::greeting, {Kind::reset}, "transient_failure connection_lost_greeting", ""},
      {Moment::session, {Kind::reset}, "transient_failure connection_lost_session", ""},
      {Moment::mail, {Kind::reset}, "transient_failure connection_lost_mail", ""},
      {Moment::recipient, {Kind::reset}, "transient_failure connection_lost_recipient", ""},
      {Moment::data, {Kind::reset}, "transient_failure connection_lost_data", ""},
  });
}

TEST_CASE("a connection that ends after the final dot without a complete answer is unknown") {
  check_all({
      {Moment::dot, {Kind::close}, "unknown connection_lost_final_reply", ""},
      {Moment::dot, {Kind::reset}, "unknown connection_lost_final_reply", ""},
      {Moment::dot, {Kind::reply_close, "250-2.0.0 queued\r\n"}, "unknown connection_lost_final_reply", ""},
      {Moment::dot, {Kind::reply_close, "250 2.0.0 queu"}, "unknown connection_lost_final_reply", ""},
  });
}

TEST_CASE("the server's answer decides: 4xx may pass, 5xx to this message does not") {
  check_all({
      {Moment::greeting, {Kind::reply_close, "450 busy\r\n"}, "transient_failure 450", "450 busy"},
      {Moment::greeting,
       {Kind::reply_close, "554 no service\r\n"},
       "transient_failure 554",
       "554 no service"},
      {Moment::session, {Kind::reply_close, "450 busy\r\n"}, "transient_failure 450", "450 busy"},
      {Moment::mail, {Kind::reply, "451 4.3.0 later\r\n"}, "transient_failure 451", "451 4.3.0 later"},
      {Moment::mail, {Kind::reply, "550 5.1.0 no\r\n"}, "permanent_failure 550", "550 5.1.0 no"},
      {Moment::mail, {Kind::reply, "530 5.7.0 login\r\n"}, "transient_failure 530", "530 5.7.0 login"},
      {Moment::recipient, {Kind::reply, "450 4.2.0 grey\r\n"}, "transient_failure 450", "450 4.2.0 grey"},
      {Moment::recipient, {Kind::reply, "550 5.1.1 who\r\n"}, "permanent_failure 550", "550 5.1.1 who"},
      {Moment::recipient,
       {Kind::reply, "550-5.1.1 no such\r\n550 5.1.1 user\r\n"},
       "permanent_failure 550",
       "550-5.1.1 no such\r\n550 5.1.1 user"},
      {Moment::data, {Kind::reply, "451 later\r\n"}, "transient_failure 451", "451 later"},
      {Moment::data,
       {Kind::reply, "554 no valid recipients\r\n"},
       "permanent_failure 554",
       "554 no valid recipients"},
      {Moment::data, {Kind::reply, "250 what\r\n"}, "transient_failure 250", "250 what"},
      {Moment::dot, {Kind::reply, "451 4.3.0 later\r\n"}, "transient_failure 451", "451 4.3.0 later"},
      {Moment::dot, {Kind::reply, "554 5.7.1 no\r\n"}, "permanent_failure 554", "554 5.7.1 no"},
      {Moment::dot, {Kind::reply, "354 what\r\n"}, "unknown 354", "354 what"},
      {Moment::dot, {Kind::reply, "150 what\r\n"}, "unknown 150", "150 what"},
  });
}

TEST_CASE("421 is never about this message") {
  check_all({
      {Moment::greeting, {Kind::reply_close, "421 full\r\n"}, "transient_failure 421", "421 full"},
      {Moment::session, {Kind::reply_close, "421 closing\r\n"}, "transient_failure 421", "421 closing"},
      {Moment::mail, {Kind::reply_close, "421 closing\r\n"}, "transient_failure 421", "421 closing"},
      {Moment::recipient, {Kind::reply_close, "421 closing\r\n"}, "transient_failure 421", "421 closing"},
      {Moment::data, {Kind::reply_close, "421 closing\r\n"}, "transient_failure 421", "421 closing"},
      {Moment::dot, {Kind::reply_close, "421 closing\r\n"}, "transient_failure 421", "421 closing"},
  });
}

TEST_CASE("any 2xx after the final dot is a sending, with all lines of the answer kept") {
  check_all({
      {Moment::dot, {Kind::reply, "250 2.0.0 queued as 4WxYz\r\n"}, "sent 250", "250 2.0.0 queued as 4WxYz"},
      {Moment::dot, {Kind::reply, "250-first\r\n250 second\r\n"}, "sent 250", "250-first\r\n250 second"},
      {Moment::dot, {Kind::reply, "250\r\n"}, "sent 250", "250"},
      {Moment::dot, {Kind::reply, "251 will forward\r\n"}, "sent 251", "251 will forward"},
      {Moment::dot, {Kind::reply_close, "250 ok, bye\r\n"}, "sent 250", "250 ok, bye"},
  });
}

TEST_CASE("251 to the recipient is a yes") {
  ScriptedSmtpServer server;
  server.at(Moment::recipient, {Kind::reply, "251 will forward\r\n"});
  CHECK(text_of(open(options_for(server))->open_lane()->hand_over(message())) == "sent 250");
  CHECK(messages(server) == 1);
}

TEST_CASE("a very long answer is cut") {
  ScriptedSmtpServer server;
  std::string lines;
  for (int i = 0; i < 200; ++i) lines += "250-" + std::string(100, 'x') + "\r\n";
  server.at(Moment::dot, {Kind::reply, lines + "250 end\r\n"});
  const OutcomeReport report = open(options_for(server))->open_lane()->hand_over(message());
  CHECK(text_of(report) == "sent 250");
  CHECK(report.reply.size() <= limits::reply_bytes);
  CHECK(report.reply.starts_with("250-xxx"));
}

TEST_CASE("silence before the content is a timeout at its stage") {
  check_all(
      {
          {Moment::greeting, {Kind::stall}, "transient_failure timeout_greeting", ""},
          {Moment::session, {Kind::stall}, "transient_failure timeout_session", ""},
          {Moment::mail, {Kind::stall}, "transient_failure timeout_mail", ""},
          {Moment::recipient, {Kind::stall}, "transient_failure timeout_recipient", ""},
          {Moment::data, {Kind::stall}, "transient_failure timeout_data", ""},
      },
      true);
}

TEST_CASE("giving up on a silent server sends nothing more") {
  const Moment moment = GENERATE(Moment::mail, Moment::recipient, Moment::data);
  ScriptedSmtpServer server;
  server.at(moment, {Kind::stall});
  const auto lane = open(impatient_options_for(server))->open_lane();
  CHECK(lane->hand_over(message(1)).outcome == Outcome::transient_failure);
  CHECK(text_of(lane->hand_over(message(2, "second"))) == "sent 250");
  CHECK(server.wait([](const auto& s) { return s.ended() == 1; }));
  CHECK(server.raw_content() == message(2, "second").content + ".\r\n");
}

TEST_CASE(
    "silence after the final dot is unknown, and the late answer is never taken for the next message's") {
  check_all(
      {
          {Moment::dot, {Kind::stall}, "unknown timeout_final_reply", ""},
          {Moment::dot, {Kind::reply, "250-still thinking\r\n"}, "unknown timeout_final_reply", ""},
      },
      true);
}

TEST_CASE("silence after the final dot on a kept connection is unknown after the same wait") {
  ScriptedSmtpServer server;
  channels::EmailOptions options = options_for(server);
  options.final_reply_timeout = std::chrono::milliseconds(400);
  const auto lane = open(options)->open_lane();
  REQUIRE(text_of(lane->hand_over(message(1))) == "sent 250");
  server.at(Moment::dot, {Kind::stall});
  const auto began = std::chrono::steady_clock::now();
  CHECK(text_of(lane->hand_over(message(2))) == "unknown timeout_final_reply");
  const auto took = std::chrono::steady_clock::now() - began;
  CHECK(took >= std::chrono::milliseconds(900));
  CHECK(took < std::chrono::seconds(3));
  CHECK(server.connections() == 1);
  CHECK(text_of(lane->hand_over(message(3))) == "sent 250");
  CHECK(server.connections() == 2);
}

TEST_CASE("an answer that comes within the longer wait after the final dot is a sending") {
  ScriptedSmtpServer server;
  server.at(Moment::dot, {Kind::reply, "250 took a while\r\n", std::chrono::milliseconds(700)});
  const OutcomeReport report = open(impatient_options_for(server))->open_lane()->hand_over(message());
  CHECK(text_of(report) == "sent 250");
  CHECK(report.reply == "250 took a while");
}

TEST_CASE("a slow greeting within its time does no harm") {
  ScriptedSmtpServer server;
  server.at(Moment::greeting, {Kind::reply, "220-slow\r\n220 at last\r\n", std::chrono::milliseconds(200)});
  channels::EmailOptions options = options_for(server);
  options.connect_timeout = std::chrono::milliseconds(100);
  CHECK(text_of(open(options)->open_lane()->hand_over(message())) == "sent 250");
}

TEST_CASE("a server that stops reading the content never gets the final dot") {
  ScriptedSmtpServer server;
  server.at(Moment::data, {Kind::unread, "354 go on\r\n"});
  channels::HandOver large = message();
  for (int i = 0; i < 200'000; ++i)
    large.content += "0123456789012345678901234567890123456789012345678901234567\r\n";
  const auto lane = open(impatient_options_for(server))->open_lane();
  CHECK(text_of(lane->hand_over(large)) == "transient_failure timeout_content");
  CHECK(text_of(lane->hand_over(message(2))) == "sent 250");
  CHECK(server.raw_content().find("\r\n.\r\n") == server.raw_content().size() - 5);
  CHECK(messages(server) == 1);
}

TEST_CASE("nothing is known to be lost when the server goes while a small message is on its way") {
  ScriptedSmtpServer server;
  server.at(Moment::data, {Kind::reply_close, "354 go on\r\n"});
  const auto lane = open(options_for(server))->open_lane();
  const OutcomeReport report = lane->hand_over(message());
  // Whether the dot was out when the end was seen is a race; both answers are true, `sent` would not be.
  CHECK((text_of(report) == "unknown connection_lost_final_reply" ||
         text_of(report) == "transient_failure connection_lost_content"));
  CHECK(messages(server) == 0);
}
