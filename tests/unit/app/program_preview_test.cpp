#include <catch2/catch.hpp>
#include <chrono>

#include "gateway/base/digest.hpp"
#include "gateway/base/json.hpp"
#include "gateway/base/time.hpp"
#include "tests/unit/app/program.hpp"

using duenotice::test::content;
using duenotice::test::Ended;
using duenotice::test::run;
using duenotice::test::write_configuration;

TEST_CASE("preview prints the words of a request, and what is missing in one") {
  const duenotice::test::TemporaryFolder folder;
  write_configuration(folder);
  const std::string variables =
      R"({"agreement_name":"服务条款","summary":"价格 & 期限","url":"https://example.com/t"})";
  const std::string words =
      "preview terms_change --agreement flashduty-user-agreement --locale zh-CN --data -";
  const Ended alone = run(folder, words, variables);
  CHECK(alone.code == 0);
  CHECK_THAT(alone.out, Catch::Contains("价格 & 期限") && Catch::Contains("价格 &amp; 期限"));
  CHECK_THAT(alone.out,
             Catch::Contains("--- email zh-CN subject") && Catch::Contains("--- in_site zh-CN text"));
  const Ended request = run(
      folder, words, R"({"recipient":{"name":"张伟"},"account_id":"acct-77","variables":)" + variables + "}");
  CHECK(request.code == 0);
  CHECK_THAT(request.out, Catch::Contains("张伟") && Catch::Contains("acct-77"));
  const Ended missing = run(folder, words, R"({"summary":"x"})");
  CHECK(missing.code == 1);
  CHECK_THAT(missing.err, Catch::Contains("missing_variable") && Catch::Contains("/variables"));
}

namespace {

/// A request of a kind with 30 days' lead time that takes effect `days` from today.
std::string termination(int days, const std::string& more = "") {
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  return R"({"source":"s","id":"1","agreement":"flashcat-product-service-agreement",)"
         R"("kind":"service_termination","account_id":"acct-7",)"
         R"("recipient":{"name":"Ann","locale":"en","email":"ann@example.com","user_id":"u-7"},)" +
         more +
         R"("variables":{"service_name":"Old","url":"https://example.com/t","data_export_until":)"
         R"("2099-01-01"},"effective_date":")" +
         duenotice::to_text(duenotice::CalendarDate(today.time_since_epoch() + std::chrono::days(days))) +
         "\"}";
}

const std::string preview_termination =
    "preview service_termination --agreement flashcat-product-service-agreement --data - ";

}  // namespace

TEST_CASE("preview writes the exact bytes of a channel, and says what they are") {
  const duenotice::test::TemporaryFolder folder;
  write_configuration(folder);
  const Ended raw = run(folder, preview_termination + "--raw email", termination(60));
  CHECK(raw.code == 0);
  CHECK_THAT(raw.out, Catch::StartsWith("Date: ") && Catch::Contains("\r\nFrom: notices@example.com\r\n") &&
                          Catch::Contains("\r\nTo: Ann <ann@example.com>\r\n") &&
                          Catch::Contains("multipart/alternative") && Catch::EndsWith("--\r\n"));
  CHECK(raw.err == "sha256 " + duenotice::sha256(raw.out).hex() + "\n");
  const Ended in_site = run(folder, preview_termination + "--raw in_site", termination(60));
  const auto message = duenotice::parse_json(in_site.out);
  REQUIRE(message.ok());
  REQUIRE(message->find("title") != nullptr);
  const Ended json = run(folder, preview_termination + "--json", termination(60));
  const auto document = duenotice::parse_json(json.out);
  REQUIRE(document.ok());
  CHECK(json.err.empty());
  const auto& messages = *document->find("messages")->as_array();
  REQUIRE(messages.size() == 2);
  CHECK(*messages[0].find("channel")->as_string() == "email");
  CHECK_THAT(*messages[0].find("content")->as_string(), Catch::Contains("To: Ann <ann@example.com>"));
  CHECK(messages[0].find("subject") != nullptr);
  CHECK(*messages[1].find("content")->as_string() == in_site.out);
  CHECK(*messages[1].find("title") == *message->find("title"));
  CHECK(document->find("warnings")->as_array()->empty());
  CHECK(!std::filesystem::exists(folder / "mail"));
}

TEST_CASE("preview warns of an effective date that is too early, and still shows the message") {
  const duenotice::test::TemporaryFolder folder;
  write_configuration(folder);
  const Ended late = run(folder, preview_termination, termination(10));
  CHECK(late.code == 0);
  CHECK_THAT(late.out, Catch::Contains("--- email en subject") && Catch::Contains("--- in_site en title"));
  CHECK_THAT(late.err, Catch::StartsWith("duenotice: warning: published now, this request would be REJECTED "
                                         "(lead_time_too_short)") &&
                           Catch::Contains("the earliest lawful effective date is now"));
  const auto warned = duenotice::parse_json(run(folder, preview_termination + "--json", termination(10)).out);
  REQUIRE(warned.ok());
  REQUIRE(warned->find("warnings")->as_array()->size() == 1);
  CHECK(*warned->find("warnings")->as_array()->front().find("code")->as_string() == "lead_time_too_short");
  const Ended in_time = run(folder, preview_termination, termination(60));
  CHECK_THAT(in_time.err, !Catch::Contains("warning"));
  const std::string event = R"({"specversion":"1.0","type":"duenotice.notice.requested.v1","source":"s",)"
                            R"("id":"1","time":"2020-01-01T00:00:00Z","data":)" +
                            termination(10) + "}";
  const Ended held = run(folder, preview_termination, event);
  CHECK(held.code == 0);
  CHECK_THAT(held.err, Catch::Contains("would be HELD for a person"));
}

TEST_CASE("preview shows what a moved notice would say") {
  const duenotice::test::TemporaryFolder folder;
  std::ofstream(folder / "duenotice.toml")
      << "[agreements]\npath = \"" SOURCE_DIR
         "/tests/support/agreements\"\n[channels.email]\nurl = \"sandbox:mail\"\n"
      << "from = \"notices@example.com\"\n";
  const Ended moved =
      run(folder, "preview any_move --agreement test-agreement --data -",
          R"({"recipient":{"email":"ann@example.com","locale":"en"},"variables":{"summary":"x"},)"
          R"("effective_date":"2026-01-01"})");
  INFO(moved.err);
  CHECK(moved.code == 0);
  CHECK_THAT(moved.err, Catch::Contains("would be MOVED to"));
  CHECK_THAT(moved.err, !Catch::Contains("REJECTED"));
}

TEST_CASE("preview refuses data that contradicts the command line, and numbers nobody could send") {
  const duenotice::test::TemporaryFolder folder;
  write_configuration(folder);
  const Ended kind =
      run(folder, "preview service_change --agreement flashcat-product-service-agreement --data -",
          termination(60));
  CHECK(kind.code == 1);
  CHECK_THAT(kind.err, Catch::Contains("\"kind\": \"service_termination\", but KIND is service_change"));
  const Ended agreement = run(
      folder, "preview service_termination --agreement flashduty-user-agreement --data -", termination(60));
  CHECK(agreement.code == 1);
  CHECK_THAT(agreement.err, Catch::Contains("but --agreement is flashduty-user-agreement"));
  const Ended version = run(folder, preview_termination + "--agreement-version 2023-02-10",
                            termination(60, R"("agreement_version":"1999",)"));
  CHECK(version.code == 1);
  const Ended fraction = run(folder, preview_termination, R"({"service_name":1.5})");
  CHECK(fraction.code == 1);
  CHECK_THAT(fraction.err, Catch::Contains("wrong_type at /service_name"));
  const Ended channel = run(folder, preview_termination + "--channel letter", termination(60));
  CHECK(channel.code == 3);
  CHECK_THAT(channel.err, Catch::Contains("has no channel letter"));
  CHECK(run(folder, preview_termination + "--raw email --json", termination(60)).code == 2);
}

TEST_CASE("preview shows an SMS with its signature and its size, and has no headline for it") {
  const duenotice::test::TemporaryFolder folder;
  write_configuration(folder);
  const std::string request =
      R"({"recipient":{"locale":"zh-CN","phone":"+8613800138000"},"account_id":"acct-7","variables":)"
      R"({"amount":{"amount":"12.5","currency":"CNY"},"reason":"异常","appeal_until":"2099-01-01",)"
      R"("appeal_url":"https://example.com/a"}})";
  const std::string words =
      "preview fund_freeze --agreement flashduty-user-agreement --channel sms --data - ";
  const Ended page = run(folder, words, request);
  CHECK(page.code == 0);
  CHECK_THAT(page.out, Catch::Contains("--- sms zh-CN to\n+8613800138000\n") &&
                           Catch::Contains("segments: 4)\n【快猫星云】账户 acct-7：") &&
                           Catch::Contains("人民币 12.50 元（CNY）") && !Catch::Contains("subject"));
  const auto json = duenotice::parse_json(run(folder, words + "--json", request).out);
  REQUIRE(json.ok());
  const duenotice::Json& message = json->find("messages")->as_array()->front();
  CHECK(*message.find("segments")->as_integer() == 4);
  CHECK(*message.find("text") == *message.find("content"));
  CHECK(message.find("subject") == nullptr);
  CHECK(run(folder, words + "--locale en", request).out.find("【Flashcat】") != std::string::npos);
}

TEST_CASE("preview shows a channel that is not configured here, and says that nothing goes out by it") {
  const duenotice::test::TemporaryFolder folder;
  std::ofstream(folder / "duenotice.toml")
      << "[agreements]\npath = \"" SOURCE_DIR "/templates/agreements\"\n";
  const Ended ended = run(folder, preview_termination, termination(60));
  CHECK(ended.code == 0);
  CHECK_THAT(ended.out, Catch::Contains("--- email en subject"));
  CHECK_THAT(ended.err, Catch::Contains("the channel email is not configured here"));
}

TEST_CASE("preview warns of dates that the clause makes senseless") {
  const duenotice::test::TemporaryFolder folder;
  write_configuration(folder);
  const auto warned = [&](const std::string& kind, const std::string& effective, const std::string& rest) {
    return run(folder,
               "preview " + kind +
                   " --agreement flashduty-user-agreement --channel email --locale en --data -",
               R"({"source":"s","id":"1","agreement":"flashduty-user-agreement","kind":")" + kind +
                   R"(","account_id":"acct-7","recipient":{"name":"Ann","locale":"en",)"
                   R"("email":"ann@example.com","user_id":"u-7"},"effective_date":")" +
                   effective + R"(","variables":)" + rest + "}")
        .err;
  };
  const std::string freeze =
      R"({"amount":{"amount":"10.00","currency":"CNY"},"reason":"x","appeal_until":"2098-12-31",)"
      R"("appeal_url":"https://example.com/a"})";
  CHECK_THAT(warned("fund_freeze", "1999-01-01", freeze),
             Catch::Contains("effective_date must not be before 2022-10-10"));
  CHECK_THAT(warned("fund_freeze", "2099-01-01", freeze),
             Catch::Contains("appeal_until must not be before effective_date"));
  CHECK_THAT(warned("fund_freeze", "2098-12-31", freeze), !Catch::Contains("must"));
  const auto unused_since = [&](const std::string& day) {
    return warned("dormant_account_closure", "2099-01-01",
                  R"({"login_name":"ann","unused_since":")" + day +
                      R"(","log_in_by":"2098-12-31","url":"https://example.com/a"})");
  };
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  const auto ago = [&](int days) {
    return duenotice::to_text(duenotice::CalendarDate(today.time_since_epoch() - std::chrono::days(days)));
  };
  CHECK_THAT(unused_since(ago(350)), Catch::Contains("unused_since must be at least 12 months before"));
  CHECK_THAT(unused_since(ago(370)), !Catch::Contains("unused_since"));
}

TEST_CASE("a charge that begins today must have been told the day before") {
  const duenotice::test::TemporaryFolder folder;
  write_configuration(folder);
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  const std::string request =
      R"({"source":"s","id":"1","agreement":"flashcat-product-service-agreement",)"
      R"("kind":"free_service_charge",)"
      R"("account_id":"acct-7","recipient":{"name":"Ann","locale":"en","email":"ann@example.com",)"
      R"("user_id":"u-7"},"variables":{"service_name":"S","charges":"C","url":"https://example.com/t"},)"
      R"("effective_date":")" +
      duenotice::to_text(duenotice::CalendarDate(today.time_since_epoch())) + "\"}";
  const std::string line =
      "preview free_service_charge --agreement flashcat-product-service-agreement --data -";
  CHECK_THAT(run(folder, line, request).err,
             Catch::Contains("notice at the latest on the day before") && !Catch::Contains("0 days"));
}
