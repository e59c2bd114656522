#include <catch2/catch.hpp>

#include "channels/email/verp.hpp"
#include "tests/contract/channels/smtp_bench.hpp"

using namespace duenotice;
using namespace duenotice::test;
using Kind = Act::Kind;

TEST_CASE("a lane connects at its first message and keeps the connection") {
  ScriptedSmtpServer server;
  const auto provider = open(options_for(server));
  auto lane = provider->open_lane();
  CHECK(server.connections() == 0);
  for (int i = 1; i <= 20; ++i) CHECK(text_of(lane->hand_over(message(i))) == "sent 250");
  CHECK(server.connections() == 1);
  CHECK(server.reached(Moment::session) == 1);
  CHECK(server.commands().front() == "EHLO gateway.example");
  lane.reset();
  CHECK(server.wait([](const auto& s) { return s.reached(Moment::quit) == 1; }));
}

TEST_CASE("a refusal after the content leaves the connection in use") {
  ScriptedSmtpServer server;
  server.at(Moment::dot, {Kind::reply, "451 later\r\n"});
  server.at(Moment::dot, {Kind::reply, "554 no\r\n"});
  server.at(Moment::dot, {Kind::reply, "251 elsewhere\r\n"});
  const auto lane = open(options_for(server))->open_lane();
  CHECK(text_of(lane->hand_over(message(1))) == "transient_failure 451");
  CHECK(text_of(lane->hand_over(message(2))) == "permanent_failure 554");
  CHECK(text_of(lane->hand_over(message(3))) == "sent 251");
  CHECK(text_of(lane->hand_over(message(4))) == "sent 250");
  CHECK(server.connections() == 1);
}

TEST_CASE("a kept connection that the server closed meanwhile costs no attempt") {
  const std::string farewell = GENERATE(std::string(), std::string("421 4.4.2 idle too long\r\n"));
  ScriptedSmtpServer server;
  const auto lane = open(options_for(server))->open_lane();
  CHECK(text_of(lane->hand_over(message(1))) == "sent 250");
  server.close_idle(farewell);
  const OutcomeReport second = lane->hand_over(message(2, "second"));
  CHECK(text_of(second) == "sent 250");
  CHECK(second.reply == "250 2.0.0 queued as 2");
  CHECK(server.connections() == 2);
  CHECK(messages(server) == 2);
}

TEST_CASE("a kept connection that dies at MAIL is tried again at once, at RCPT it is not") {
  ScriptedSmtpServer server;
  const auto lane = open(options_for(server))->open_lane();
  CHECK(text_of(lane->hand_over(message(1))) == "sent 250");
  SECTION("closed at MAIL") { server.at(Moment::mail, {Kind::close}); }
  SECTION("reset at MAIL") { server.at(Moment::mail, {Kind::reset}); }
  SECTION("421 at MAIL") { server.at(Moment::mail, {Kind::reply_close, "421 closing\r\n"}); }
  SECTION("at RCPT") {
    server.at(Moment::recipient, {Kind::close});
    CHECK(text_of(lane->hand_over(message(2))) == "transient_failure connection_lost_recipient");
    return;
  }
  CHECK(text_of(lane->hand_over(message(2))) == "sent 250");
  CHECK(server.connections() == 2);
  CHECK(messages(server) == 2);
}

TEST_CASE("the second connection is not tried a third time") {
  ScriptedSmtpServer server;
  const auto lane = open(options_for(server))->open_lane();
  CHECK(text_of(lane->hand_over(message(1))) == "sent 250");
  server.at(Moment::mail, {Kind::close});
  server.at(Moment::mail, {Kind::close});
  CHECK(text_of(lane->hand_over(message(2))) == "transient_failure connection_lost_mail");
  CHECK(server.connections() == 2);
}

TEST_CASE("an answer too many is never taken for the next message's") {
  ScriptedSmtpServer server;
  const auto lane = open(options_for(server))->open_lane();
  server.at(Moment::dot, {Kind::reply, "250 queued\r\n250 and once more\r\n"});
  CHECK(text_of(lane->hand_over(message(1))) == "sent 250");
  server.at(Moment::dot, {Kind::reply, "554 the second is refused\r\n"});
  const OutcomeReport second = lane->hand_over(message(2));
  CHECK(second.outcome != Outcome::sent);
  CHECK(second.outcome != Outcome::unknown);
}

TEST_CASE("a connection on which the server spoke unasked is not used again") {
  ScriptedSmtpServer server;
  const auto lane = open(options_for(server))->open_lane();
  CHECK(text_of(lane->hand_over(message(1))) == "sent 250");
  server.speak_out_of_turn("250 late\r\n");
  const OutcomeReport second = lane->hand_over(message(2));
  CHECK(text_of(second) == "sent 250");
  CHECK(second.reply == "250 2.0.0 queued as 2");
  CHECK(server.connections() == 2);
}

TEST_CASE("the server receives exactly the frozen bytes") {
  ScriptedSmtpServer server;
  const auto lane = open(options_for(server))->open_lane();
  channels::HandOver odd = message();
  SECTION("lines that begin with dots") { odd.content = ".first\r\n.\r\n..\r\n.. two\r\ntext\r\n.\r\n"; }
  SECTION("more dots than the upload buffer has room for") {
    odd.content.clear();
    for (int i = 0; i < 20'000; ++i) odd.content += ".\r\n";
  }
  SECTION("a message over many buffers") {
    for (int i = 0; i < 30'000; ++i)
      odd.content += "line " + std::to_string(i) + "\r\n.dot " + std::to_string(i) + "\r\n";
  }
  SECTION("bytes above ASCII") { odd.content = "X: \xE5\xBC\xA0\r\n\r\n\xFF\xFE\r\n"; }
  CHECK(text_of(lane->hand_over(odd)) == "sent 250");
  REQUIRE(messages(server) == 1);
  CHECK(server.messages()[0].content == odd.content);
}

TEST_CASE("the envelope is exact") {
  ScriptedSmtpServer server({.extensions = {"SIZE 1000000", "8BITMIME"}});
  channels::EmailOptions options = options_for(server);
  channels::HandOver hand_over = message(3);
  SECTION("without a bounce address it comes from `from`") {
    CHECK(text_of(open(options)->open_lane()->hand_over(hand_over)) == "sent 250");
    REQUIRE(messages(server) == 1);
    CHECK(server.messages()[0].mail == "MAIL FROM:<notices@gw.example>");
    CHECK(server.messages()[0].recipient == "RCPT TO:<zhang.wei@example.com>");
  }
  SECTION("with one it comes from an address of its own") {
    options.bounce_address = "bounce@gw.example";
    options.verp_key = "secret";
    CHECK(text_of(open(options)->open_lane()->hand_over(hand_over)) == "sent 250");
    REQUIRE(messages(server) == 1);
    const std::string mail = server.messages()[0].mail;
    const std::string sender = mail.substr(11, mail.size() - 12);
    const auto tag = channels::parse_verp(sender, options.bounce_address, options.verp_key);
    REQUIRE(tag);
    CHECK(*tag == channels::VerpTag{.notice_id = hand_over.notice_id, .attempt = 3});
  }
  SECTION("an international domain goes out as its A-label") {
    hand_over.address = "zhang@例子.公司";
    CHECK(text_of(open(options)->open_lane()->hand_over(hand_over)) == "sent 250");
    REQUIRE(messages(server) == 1);
    CHECK(server.messages()[0].recipient == "RCPT TO:<zhang@xn--fsqu00a.xn--55qx5d>");
  }
}

TEST_CASE("nothing can be smuggled into the envelope") {
  ScriptedSmtpServer server;
  const auto lane = open(options_for(server))->open_lane();
  for (const std::string& address :
       {std::string("a@b.c\r\nRCPT TO:<x@y.z>"), std::string("a@b.c> NOTIFY=NEVER"), std::string("a@b.c\n"),
        std::string("a\0@b.c", 6), std::string("<a@b.c>"), std::string("no address"), std::string()}) {
    channels::HandOver hand_over = message();
    hand_over.address = address;
    CHECK(text_of(lane->hand_over(hand_over)) == "permanent_failure malformed_address");
  }
  CHECK(server.connections() == 0);
}

TEST_CASE("an address in UTF-8 goes only to a server that takes it") {
  channels::HandOver hand_over = message();
  hand_over.address = "张伟@example.com";
  SECTION("refused before anything is sent") {
    ScriptedSmtpServer server;
    const auto lane = open(options_for(server))->open_lane();
    CHECK(text_of(lane->hand_over(hand_over)) == "permanent_failure smtputf8_not_offered");
    CHECK(server.reached(Moment::mail) == 0);
    CHECK(text_of(lane->hand_over(message(2))) == "sent 250");
  }
  SECTION("sent with SMTPUTF8, on a kept connection too") {
    ScriptedSmtpServer server({.extensions = {"SMTPUTF8"}});
    const auto lane = open(options_for(server))->open_lane();
    CHECK(text_of(lane->hand_over(hand_over)) == "sent 250");
    CHECK(text_of(lane->hand_over(hand_over)) == "sent 250");
    CHECK(server.connections() == 1);
    CHECK(server.messages()[0].mail == "MAIL FROM:<notices@gw.example> SMTPUTF8");
    CHECK(server.messages()[0].recipient == "RCPT TO:<张伟@example.com>");
  }
}

TEST_CASE("nobody at the address, and no such host") {
  channels::EmailOptions options;
  {
    const ScriptedSmtpServer gone;
    options = options_for(gone);
  }
  CHECK(text_of(open(options)->open_lane()->hand_over(message())) == "transient_failure connect_failed");
  options.url = "smtp://no-such-host.invalid:25";
  CHECK(text_of(open(options)->open_lane()->hand_over(message())) == "transient_failure resolve_failed");
}
