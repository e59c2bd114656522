#include "tests/contract/channels/smtp_bench.hpp"

#include <catch2/catch.hpp>

namespace duenotice::test {

using namespace std::chrono_literals;

channels::EmailOptions options_for(const ScriptedSmtpServer& server) {
  channels::EmailOptions options;
  options.url = "smtp://127.0.0.1:" + std::to_string(server.port()) + "/gateway.example";
  options.from = "Example Ltd <notices@gw.example>";
  options.tls = channels::Tls::off;
  options.connect_timeout = 20s;
  options.reply_timeout = 20s;
  options.final_reply_timeout = 20s;
  return options;
}

channels::EmailOptions impatient_options_for(const ScriptedSmtpServer& server) {
  channels::EmailOptions options = options_for(server);
  options.connect_timeout = 400ms;
  options.reply_timeout = 400ms;
  options.final_reply_timeout = 400ms;
  return options;
}

std::unique_ptr<channels::Provider> open(const channels::EmailOptions& options) {
  auto opened = channels::open_email(options);
  if (!opened) FAIL(opened.error().message);
  return std::move(*opened);
}

channels::HandOver message(int attempt, const std::string& text) {
  return {.notice_id = "01ARZ3NDEKTSV4RRFFQ69G5FAV",
          .revision = 1,
          .attempt = attempt,
          .address = "zhang.wei@example.com",
          .content = "Subject: " + text + "\r\n\r\n" + text + "\r\n"};
}

}  // namespace duenotice::test
