#include <catch2/catch.hpp>

#include "tests/contract/channels/smtp_bench.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace duenotice;
using namespace duenotice::test;
using Kind = Act::Kind;
using Catch::Contains;

TEST_CASE("the check greets, encrypts, logs in, takes leave and sends nothing") {
  const TemporaryFolder folder;
  const TlsIdentity identity(folder.path());
  ScriptedSmtpServer server({.extensions = {"AUTH PLAIN"}, .tls = &identity});
  channels::EmailOptions options = options_for(server);
  options.tls = channels::Tls::required;
  options.ca_file = identity.certificate_file;
  options.username = "user";
  options.password = "pass";
  const Status status = open(options)->check();
  INFO((status.ok() ? "" : status.error().message));
  CHECK(status.ok());
  CHECK(server.reached(Moment::starttls) == 1);
  CHECK(server.reached(Moment::auth) == 1);
  CHECK(server.reached(Moment::mail) == 0);
  CHECK(server.wait([](const auto& s) { return s.reached(Moment::quit) == 1; }));
}

TEST_CASE("the check says what is wrong") {
  ScriptedSmtpServer server({.extensions = {"AUTH PLAIN"}});
  channels::EmailOptions options = impatient_options_for(server);
  SECTION("no encryption") {
    options.tls = channels::Tls::required;
    const Status status = open(options)->check();
    REQUIRE_FALSE(status.ok());
    CHECK(status.error().kind == ErrorKind::unavailable);
    CHECK_THAT(status.error().message, Contains("STARTTLS"));
  }
  SECTION("no login") {
    options.username = "user";
    options.password = "wrong";
    server.at(Moment::auth, {Kind::reply, "535 5.7.8 bad credentials\r\n"});
    const Status status = open(options)->check();
    REQUIRE_FALSE(status.ok());
    CHECK_THAT(status.error().message, Contains("535 5.7.8 bad credentials"));
    CHECK_THAT(status.error().message, !Contains("wrong"));
  }
  SECTION("silence") {
    server.at(Moment::greeting, {Kind::stall});
    const Status status = open(options)->check();
    REQUIRE_FALSE(status.ok());
    CHECK_THAT(status.error().message, Contains("timeout at stage greeting"));
  }
}

TEST_CASE("options that cannot work are refused with the option's name") {
  const ScriptedSmtpServer server;
  channels::EmailOptions options = options_for(server);
  const auto refused = [](const channels::EmailOptions& wrong) {
    const auto opened = channels::open_email(wrong);
    REQUIRE_FALSE(opened.ok());
    CHECK(opened.error().kind == ErrorKind::invalid);
    return opened.error().message;
  };
  SECTION("url") {
    for (const char* url :
         {"", "mail.example", "http://mail.example", "smtp://", "smtp://user:secret@mail.example",
          "smtp://mail.example:99999", "smtp://mail.example/?x", "sandbox:"}) {
      options.url = url;
      INFO(url);
      CHECK(refused(options).starts_with("url: "));
    }
  }
  SECTION("from") {
    for (const char* from :
         {"", "nobody", "a@b\r\nBcc: x@y", "Name <a@b", "Na\nme <a@b.c>", "张@b.c", "A <a@b> x"}) {
      options.from = from;
      INFO(from);
      CHECK(refused(options).starts_with("from: "));
    }
  }
  SECTION("numbers") {
    options.connections = 0;
    CHECK(refused(options).starts_with("connections: "));
    options.connections = 1;
    options.final_reply_timeout = Milliseconds{0};
    CHECK_THAT(refused(options), Contains("final_reply_timeout"));
  }
  SECTION("login") {
    options.username = "user";
    CHECK_THAT(refused(options), Contains("password"));
  }
  SECTION("bounce address") {
    for (const char* bounce : {"nobody", "a+b@c.d", "a-much-too-long-bounce-address@c.d"}) {
      options.bounce_address = bounce;
      CHECK(refused(options).starts_with("bounce_address: "));
    }
  }
}
