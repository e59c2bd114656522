#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "channels/sms/sms_options.hpp"
#include "tests/contract/channels/smtp_bench.hpp"
#include "tests/support/scripted_http_server.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

/// What is asked of a provider, and what it must make of it.
struct Asked {
  Channel channel;
  int connections;
  channels::Words words;
  std::string address;
  std::string wrong_address;
  std::string message_id;
  Outcome taken;      ///< of a hand-over that ends well
  std::string reply;  ///< how its reply begins
};

const Asked mail{.channel = Channel::email,
                 .connections = limits::email_connections_default,
                 .words = {"主题", "text\n", "<p>html</p>\n"},
                 .address = "zhang.wei@example.com",
                 .wrong_address = "a@b\r\nRCPT TO:<x@y>",
                 .message_id = "01ARZ3NDEKTSV4RRFFQ69G5FAV.2@gw.example",
                 .taken = Outcome::sent,
                 .reply = "250 "};

const Asked relayed_sms{.channel = Channel::sms,
                        .connections = limits::sms_connections_default,
                        .words = {"", "【示例公司】您好\n", ""},
                        .address = "+8613800138000",
                        .wrong_address = "+8613800138000&to=+8613800138001",
                        .message_id = "",
                        .taken = Outcome::relayed,
                        .reply = "HTTP/1.1 202 "};

const Asked sandbox_sms{.channel = Channel::sms,
                        .connections = limits::sms_connections_default,
                        .words = {"", "【示例公司】您好\n", ""},
                        .address = "+8613800138000",
                        .wrong_address = "+8613800138000&to=+8613800138001",
                        .message_id = "",
                        .taken = Outcome::sent,
                        .reply = "250 "};

/// What every provider must do, whatever stands behind it.
void check_contract(const channels::Provider& provider, const Asked& asked) {
  CHECK(provider.channel() == asked.channel);
  CHECK(provider.connections() == asked.connections);
  CHECK(provider.check().ok());
  const channels::Composition composition{.words = asked.words,
                                          .notice_id = "01ARZ3NDEKTSV4RRFFQ69G5FAV",
                                          .revision = 2,
                                          .to_name = "张伟",
                                          .to_address = asked.address,
                                          .language = "zh-CN",
                                          .made_at = from_unix_ms(1'800'000'000'000)};
  const auto composed = provider.compose(composition);
  REQUIRE(composed.ok());
  CHECK(provider.compose(composition)->content == composed->content);
  CHECK(composed->message_id == asked.message_id);
  channels::Composition wrong = composition;
  wrong.to_address = asked.wrong_address;
  CHECK_FALSE(provider.compose(wrong).ok());

  const auto lane = provider.open_lane();
  channels::HandOver hand_over = message();
  hand_over.address = asked.address;
  hand_over.content = composed->content;
  for (hand_over.attempt = 1; hand_over.attempt <= 2; ++hand_over.attempt) {
    const OutcomeReport report = lane->hand_over(hand_over);
    CHECK(report.outcome == asked.taken);
    CHECK(report.reply.starts_with(asked.reply));
  }
  lane->abort();
  CHECK(text_of(lane->hand_over(hand_over)) == "not_started aborted");
  CHECK(text_of(lane->hand_over(hand_over)) == "not_started aborted");
}

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream out;
  out << file.rdbuf();
  return out.str();
}

channels::SmsOptions kannel_options_for(const ScriptedHttpServer& server) {
  channels::SmsOptions options;
  options.url = "kannel://127.0.0.1:" + std::to_string(server.port()) + "/cgi-bin/sendsms";
  options.username = "gw";
  options.password = "secret";
  options.sender = "10690000";
  options.connect_timeout = options.reply_timeout = std::chrono::seconds(20);
  options.report_url = "http://127.0.0.1:8075/sms/reports";
  options.report_key = "key";
  options.report_timeout = std::chrono::minutes(5);
  return options;
}

channels::EmailOptions sandbox_options(const std::filesystem::path& folder) {
  channels::EmailOptions options;
  options.url = "sandbox:" + folder.string();
  options.from = "notices@gw.example";
  return options;
}

}  // namespace

TEST_CASE("SMTP keeps the channel contract") {
  const ScriptedSmtpServer server;
  const auto provider = open(options_for(server));
  CHECK_FALSE(provider->sandbox());
  check_contract(*provider, mail);
  CHECK(messages(server) == 2);
}

TEST_CASE("the sandbox keeps the channel contract") {
  const TemporaryFolder folder;
  const auto provider = open(sandbox_options(folder / "mail"));
  CHECK(provider->sandbox());
  CHECK(provider->guard() == Milliseconds{0});
  check_contract(*provider, mail);
}

TEST_CASE("Kannel keeps the channel contract") {
  ScriptedHttpServer server;
  // The check comes first; Kannel misses the recipient and so accepts the login.
  server.next({.text = http_answer(400, "Missing receiver number, rejected")});
  server.always({.text = http_answer(202, "0: Accepted for delivery")});
  const auto provider = channels::open_sms(kannel_options_for(server));
  REQUIRE(provider.ok());
  CHECK_FALSE((*provider)->sandbox());
  CHECK((*provider)->report_bound() == std::optional<Milliseconds>(std::chrono::minutes(5)));
  CHECK((*provider)->guard() == std::chrono::minutes(5) + std::chrono::seconds(40));
  check_contract(**provider, relayed_sms);
  CHECK(server.requests().size() == 3);
  CHECK(server.connections() == 2);  // the check's own, and the lane's
}

TEST_CASE("the check of Kannel says what is wrong") {
  ScriptedHttpServer server;
  const auto provider = channels::open_sms(kannel_options_for(server));
  REQUIRE(provider.ok());
  const auto complaint = [&](const std::string& answer) {
    server.next({.text = answer});
    const Status status = (*provider)->check();
    REQUIRE_FALSE(status.ok());
    CHECK(status.error().kind == ErrorKind::unavailable);
    CHECK_THAT(status.error().message, !Catch::Contains("secret"));
    return status.error().message;
  };
  CHECK_THAT(complaint(http_answer(403, "Authorization failed for sendsms")),
             Catch::Contains("refuses our login"));
  CHECK_THAT(complaint(http_answer(404, "Unknown request.")), Catch::Contains("404 Unknown request."));
  CHECK_THAT(complaint("nonsense\r\n\r\n"), Catch::Contains("does not answer"));
}

TEST_CASE("options of Kannel that cannot work are refused with the option's name") {
  const ScriptedHttpServer server;
  const auto refused = [&](auto change) {
    channels::SmsOptions options = kannel_options_for(server);
    change(options);
    const auto opened = channels::open_sms(options);
    REQUIRE_FALSE(opened.ok());
    CHECK(opened.error().kind == ErrorKind::invalid);
    return opened.error().message.substr(0, opened.error().message.find(':'));
  };
  for (const char* url : {"", "kannel://", "kannel://u:p@host", "kannel://host/?x", "kannel://host:99999",
                          "http://host/cgi-bin/sendsms", "sandbox:", "kannel://ho st"}) {
    INFO(url);
    CHECK(refused([&](auto& options) { options.url = url; }) == "url");
  }
  for (const char* sender : {"", "a name that is too long", "短信", "a\nb"}) {
    INFO(sender);
    CHECK(refused([&](auto& options) { options.sender = sender; }) == "sender");
  }
  for (const char* url : {"", "127.0.0.1:8075", "http://127.0.0.1/", "http://127.0.0.1/x?y", "ftp://x/y",
                          "http://127.0.0.1/%d"}) {
    INFO(url);
    CHECK(refused([&](auto& options) { options.report_url = url; }) == "report_url");
  }
  CHECK(refused([](auto& options) { options.username.clear(); }) == "username and password");
  CHECK(refused([](auto& options) { options.password.clear(); }) == "username and password");
  CHECK(refused([](auto& options) { options.report_key.clear(); }) == "report_key");
  CHECK(refused([](auto& options) { options.report_timeout = Milliseconds(0); }) == "report_timeout");
  CHECK(refused([](auto& options) { options.connections = 0; }) == "connections");
  CHECK(refused([](auto& options) { options.max_segments = 256; }) == "max_segments");
  CHECK(refused([](auto& options) { options.reply_timeout = Milliseconds(0); }) ==
        "connect_timeout and reply_timeout");
}

namespace {

/// A provider behind the scripted server, described in a file.
channels::SmsOptions provider_options_for(const ScriptedHttpServer& server, const TemporaryFolder& folder,
                                          const std::string& scheme = "http") {
  std::ofstream(folder / "provider.toml")
      << "name = \"Scripted\"\n[request]\nmethod = \"POST\"\nurl = \"" << scheme
      << "://127.0.0.1:" << server.port()
      << "/send\"\n[request.headers]\nAuthorization = \"Bearer {secret}\"\n"
      << "[request.json]\nto = \"{to}\"\ntext = \"{text}\"\nid = \"{id}\"\n"
      << "[answer]\nmessage_id = { json = \"/id\" }\ncode = { json = \"/code\" }\n"
      << "[[reply]]\nstatus = 200\nwhere = { json = \"/code\", equals = 0 }\nmeans = \"accepted\"\n"
      << "[[reply]]\nstatus = 200\nwhere = { json = \"/code\", prefix = \"4\" }\nmeans = \"permanent\"\n"
      << "[[reply]]\nstatus = 429\nmeans = \"transient\"\n";
  channels::SmsOptions options;
  options.url = "provider:" + (folder / "provider.toml").string();
  options.password = "secret";
  options.connect_timeout = options.reply_timeout = std::chrono::seconds(20);
  return options;
}

}  // namespace

TEST_CASE("an outside provider of SMS keeps the channel contract") {
  const TemporaryFolder folder;
  ScriptedHttpServer server;
  server.always({.text = http_answer(200, R"({"code":0,"id":"m-7"})")});
  const auto provider = channels::open_sms(provider_options_for(server, folder));
  REQUIRE(provider.ok());
  CHECK_FALSE((*provider)->sandbox());
  CHECK_FALSE((*provider)->report_bound().has_value());
  CHECK((*provider)->guard() == std::chrono::seconds(40));
  Asked asked = relayed_sms;
  asked.taken = Outcome::sent;
  asked.reply = "HTTP/1.1 200 ";
  check_contract(**provider, asked);
  REQUIRE(server.requests().size() == 2);
  CHECK_THAT(server.requests()[0].head, Catch::Contains("\r\nAuthorization: Bearer secret\r\n"));
  CHECK(server.requests()[0].body == server.requests()[1].body);
  CHECK(server.requests()[0].body ==
        R"({"id":"01ARZ3NDEKTSV4RRFFQ69G5FAV.1","text":"【示例公司】您好","to":"+8613800138000"})");
}

TEST_CASE("what an outside provider says, or does not say, decides") {
  using Kind = HttpAct::Kind;
  const TemporaryFolder folder;
  ScriptedHttpServer server;
  channels::SmsOptions options = provider_options_for(server, folder);
  options.reply_timeout = std::chrono::milliseconds(400);
  const auto provider = channels::open_sms(options);
  REQUIRE(provider.ok());
  const auto lane = (*provider)->open_lane();
  channels::HandOver sms = message();
  sms.address = "+8613800138000";
  const auto outcome = [&](const HttpAct& act) {
    server.next(act);
    const OutcomeReport report = lane->hand_over(sms);
    return text_of(report) + (report.provider_fault ? " provider_fault" : "") +
           (report.retry_after ? " after " + to_text(*report.retry_after) : "");
  };
  CHECK(outcome({.text = http_answer(200, R"({"code":0,"id":"m-1"})")}) == "sent 0");
  CHECK(outcome({.text = http_answer(429, "", "Retry-After: 30\r\n")}) ==
        "transient_failure 429 provider_fault after 30s");
  CHECK(outcome({.text = http_answer(200, R"({"code":42})")}) == "permanent_failure 42");
  CHECK(outcome({.text = http_answer(200, R"({"code":0})")}) == "unknown accepted_without_id");
  CHECK(outcome({.text = http_answer(200, "<html>")}) == "unknown 200");
  CHECK(outcome({.kind = Kind::answer_close, .text = "garbage\r\n\r\n"}) ==
        "unknown not_http provider_fault");
  CHECK(outcome({.kind = Kind::stall}) == "unknown timeout_reply provider_fault");
}

TEST_CASE("an outside provider whose certificate nobody vouches for gets nothing") {
  const TemporaryFolder folder;
  const TlsIdentity identity(folder.path());
  const ScriptedHttpServer server(&identity);
  const auto provider = channels::open_sms(provider_options_for(server, folder, "https"));
  REQUIRE(provider.ok());
  channels::HandOver sms = message();
  sms.address = "+8613800138000";
  CHECK(text_of((*provider)->open_lane()->hand_over(sms)) == "transient_failure tls_untrusted");
  CHECK_FALSE((*provider)->check().ok());
  CHECK(server.requests().empty());
}

TEST_CASE("the mistakes of a provider's file are named with its lines") {
  const TemporaryFolder folder;
  std::ofstream(folder / "p.toml") << "name = \"P\"\nextra = 1\n";
  channels::SmsOptions options;
  options.url = "provider:" + (folder / "p.toml").string();
  const auto opened = channels::open_sms(options);
  REQUIRE_FALSE(opened.ok());
  CHECK_THAT(opened.error().message,
             Catch::Contains("p.toml:2: unknown key 'extra'") && Catch::Contains("'request' is missing"));
}

TEST_CASE("the sandbox of SMS keeps the channel contract") {
  const TemporaryFolder folder;
  const auto provider = channels::open_sms({.url = "sandbox:" + (folder / "sms").string()});
  REQUIRE(provider.ok());
  CHECK((*provider)->sandbox());
  CHECK((*provider)->guard() == Milliseconds{0});
  CHECK_FALSE((*provider)->report_bound().has_value());
  check_contract(**provider, sandbox_sms);
  CHECK(content_of(folder / "sms/01ARZ3NDEKTSV4RRFFQ69G5FAV.1.2.sms") ==
        "To: +8613800138000\nEncoding: UCS-2\nSegments: 1\n\n【示例公司】您好");
}

TEST_CASE("the sandbox writes exactly the frozen bytes, one file for each attempt") {
  const TemporaryFolder folder;
  const auto lane = open(sandbox_options(folder.path()))->open_lane();
  const OutcomeReport report = lane->hand_over(message(7, "second try"));
  const auto file = folder / "01ARZ3NDEKTSV4RRFFQ69G5FAV.1.7.eml";
  CHECK(report.outcome == Outcome::sent);
  CHECK(report.code == "sandbox");
  CHECK(report.reply == "250 sandbox: written to " + file.string());
  CHECK(content_of(file) == message(7, "second try").content);
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("a sandbox that cannot write says so and sends nothing") {
  const TemporaryFolder folder;
  const auto provider = open(sandbox_options(folder / "mail"));
  std::filesystem::remove(folder / "mail");
  CHECK_FALSE(provider->check().ok());
  CHECK(text_of(provider->open_lane()->hand_over(message())) == "transient_failure sandbox_write_failed");
  std::ofstream(folder / "file") << "in the way";
  CHECK_FALSE(channels::open_email(sandbox_options(folder / "file")).ok());
}
