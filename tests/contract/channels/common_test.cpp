#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "channels/sms/sms_options.hpp"
#include "tests/contract/channels/smtp_bench.hpp"
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
