#include <catch2/catch.hpp>

#include "tests/contract/channels/smtp_bench.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace duenotice;
using namespace duenotice::test;
using Kind = Act::Kind;

namespace {

struct Bench {
  TemporaryFolder folder;
  TlsIdentity identity{folder.path()};
  TemporaryFolder other_folder;
  TlsIdentity other{other_folder.path()};
};

channels::EmailOptions encrypted(const ScriptedSmtpServer& server, const std::string& ca_file) {
  channels::EmailOptions options = options_for(server);
  options.tls = channels::Tls::required;
  options.ca_file = ca_file;
  return options;
}

}  // namespace

TEST_CASE("STARTTLS is used and the encrypted connection is kept") {
  const Bench bench;
  ScriptedSmtpServer server({.extensions = {}, .tls = &bench.identity});
  const auto lane = open(encrypted(server, bench.identity.certificate_file))->open_lane();
  CHECK(text_of(lane->hand_over(message(1))) == "sent 250");
  CHECK(text_of(lane->hand_over(message(2))) == "sent 250");
  CHECK(server.connections() == 1);
  CHECK(server.reached(Moment::starttls) == 1);
  CHECK(server.reached(Moment::session) == 2);
}

TEST_CASE("smtps is encrypted from the first byte") {
  const Bench bench;
  ScriptedSmtpServer server({.extensions = {}, .tls = &bench.identity, .implicit_tls = true});
  channels::EmailOptions options = encrypted(server, bench.identity.certificate_file);
  options.url.replace(0, 4, "smtps");
  // `tls` is about STARTTLS; smtps stays verified whatever it says.
  options.tls = GENERATE(channels::Tls::required, channels::Tls::off);
  CHECK(text_of(open(options)->open_lane()->hand_over(message())) == "sent 250");
  options.ca_file = bench.other.certificate_file;
  CHECK(text_of(open(options)->open_lane()->hand_over(message())) == "transient_failure tls_untrusted");
  CHECK(messages(server) == 1);
}

TEST_CASE("required encryption that is not offered or refused: nothing is sent") {
  const Bench bench;
  SECTION("not offered") {
    ScriptedSmtpServer server;
    CHECK(text_of(
              open(encrypted(server, bench.identity.certificate_file))->open_lane()->hand_over(message())) ==
          "transient_failure tls_not_offered");
    CHECK(server.reached(Moment::mail) == 0);
  }
  SECTION("refused") {
    ScriptedSmtpServer server({.extensions = {}, .tls = &bench.identity});
    server.at(Moment::starttls, {Kind::reply, "454 not now\r\n"});
    CHECK(text_of(
              open(encrypted(server, bench.identity.certificate_file))->open_lane()->hand_over(message())) ==
          "transient_failure tls_not_offered");
    CHECK(server.reached(Moment::mail) == 0);
  }
}

TEST_CASE("an untrusted certificate is refused before MAIL") {
  const Bench bench;
  const bool trusts_another = GENERATE(true, false);
  const std::string trusted = trusts_another ? bench.other.certificate_file : std::string();
  ScriptedSmtpServer server({.extensions = {}, .tls = &bench.identity});
  const auto lane = open(encrypted(server, trusted))->open_lane();
  CHECK(text_of(lane->hand_over(message())) == "transient_failure tls_untrusted");
  CHECK(server.reached(Moment::mail) == 0);
}

TEST_CASE("opportunistic encryption uses what is there") {
  const Bench bench;
  SECTION("offered, whatever the certificate") {
    ScriptedSmtpServer server({.extensions = {}, .tls = &bench.identity});
    channels::EmailOptions options = encrypted(server, {});
    options.tls = channels::Tls::opportunistic;
    CHECK(text_of(open(options)->open_lane()->hand_over(message())) == "sent 250");
    CHECK(server.reached(Moment::starttls) == 1);
  }
  SECTION("not offered") {
    ScriptedSmtpServer server;
    channels::EmailOptions options = encrypted(server, {});
    options.tls = channels::Tls::opportunistic;
    CHECK(text_of(open(options)->open_lane()->hand_over(message())) == "sent 250");
  }
}

TEST_CASE("silence and loss after the dot mean the same on an encrypted connection") {
  const Bench bench;
  ScriptedSmtpServer server({.extensions = {}, .tls = &bench.identity});
  channels::EmailOptions options = encrypted(server, bench.identity.certificate_file);
  options.final_reply_timeout = std::chrono::milliseconds(500);
  const auto lane = open(options)->open_lane();
  server.at(Moment::dot, {Kind::close});
  CHECK(text_of(lane->hand_over(message(1))) == "unknown connection_lost_final_reply");
  server.at(Moment::dot, {Kind::reset});
  CHECK(text_of(lane->hand_over(message(2))) == "unknown connection_lost_final_reply");
  server.at(Moment::dot, {Kind::stall});
  CHECK(text_of(lane->hand_over(message(3))) == "unknown timeout_final_reply");
  CHECK(text_of(lane->hand_over(message(4))) == "sent 250");
}

TEST_CASE("login comes before the first message and once a connection") {
  const Bench bench;
  ScriptedSmtpServer server({.extensions = {"AUTH PLAIN"}, .tls = &bench.identity});
  channels::EmailOptions options = encrypted(server, bench.identity.certificate_file);
  options.username = "user";
  options.password = "pass";
  const auto lane = open(options)->open_lane();
  CHECK(text_of(lane->hand_over(message(1))) == "sent 250");
  CHECK(text_of(lane->hand_over(message(2))) == "sent 250");
  CHECK(server.reached(Moment::auth) == 1);
  const auto commands = server.commands();
  CHECK(std::count(commands.begin(), commands.end(), "AHVzZXIAcGFzcw==") == 1);
}

TEST_CASE("a login that fails is the operator's to mend, not the recipient's fault") {
  ScriptedSmtpServer server({.extensions = {"AUTH PLAIN"}});
  channels::EmailOptions options = options_for(server);
  options.username = "user";
  options.password = "wrong";
  server.at(Moment::auth, {Kind::reply, "535 5.7.8 bad credentials\r\n"});
  const auto lane = open(options)->open_lane();
  const OutcomeReport report = lane->hand_over(message(1));
  CHECK(text_of(report) == "transient_failure auth_failed");
  CHECK(report.reply == "535 5.7.8 bad credentials");
  CHECK(server.reached(Moment::mail) == 0);
  CHECK(text_of(lane->hand_over(message(2))) == "sent 250");
}

TEST_CASE("with a user name nothing is sent to a server without login") {
  ScriptedSmtpServer server;
  channels::EmailOptions options = options_for(server);
  options.username = "user";
  options.password = "pass";
  CHECK(text_of(open(options)->open_lane()->hand_over(message())) == "transient_failure auth_not_offered");
  CHECK(server.reached(Moment::mail) == 0);
}
