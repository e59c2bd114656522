#include "gateway/app/certificate.hpp"

#include <catch2/catch.hpp>

#include "gateway/app/certificate_page.hpp"
#include "gateway/app/qr_code.hpp"
#include "tests/unit/app/sample_notice.hpp"

using namespace duenotice;
using namespace duenotice::app;
using Catch::Contains;

namespace {

const TimeZone& shanghai() {
  static const TimeZone zone = *TimeZone::load("Asia/Shanghai");
  return zone;
}

Certificate certificate(const NoticeFile& file, Language language = Language::english) {
  return make_certificate({.file = file, .shown = Channel::email, .words = {"Subject", "one\n\ntwo\n"}},
                          shanghai(), language);
}

/// Every word of the page, a row a line.
std::string words(const Certificate& certificate) {
  std::string all = certificate.title + "\n" + certificate.subtitle + "\n" + certificate.stamp + "\n";
  for (const auto& section : certificate.sections) {
    all += section.title + "\n";
    for (const auto& row : section.rows) all += row.label + ": " + row.text + "\n";
  }
  for (const std::string& remark : certificate.remarks) all += remark + "\n";
  return all;
}

/// Without its legal date.
NoticeFile undated(NoticeState state) {
  NoticeFile file = test::sample_notice();
  file.notice.deemed.reset();
  file.notice.state = state;
  file.notice.sandbox = false;
  file.events.resize(1);
  return file;
}

}  // namespace

TEST_CASE("A certificate says the legal date, the rule that fixed it, and in both clocks when") {
  const std::string page = words(certificate(test::sample_notice()));
  CHECK_THAT(page, Contains("Legal date: 2026-07-01 (Asia/Shanghai)"));
  CHECK_THAT(page, Contains("Clause 12.1: a notice is deemed delivered on the date of its sending"));
  CHECK_THAT(page, Contains("email, attempt 2, 2026-07-01 00:00:00.000 +08:00 (2026-06-30T16:00:00.000Z)"));
  CHECK_THAT(page, Contains("Clause: 9.3.3"));
  CHECK_THAT(page, Contains("account acct-1"));
  CHECK_THAT(page, Contains("Text: one\ntwo\n"));
  const std::string chinese = words(certificate(test::sample_notice(), Language::chinese));
  CHECK_THAT(chinese, Contains("法定送达日: 2026-07-01 (Asia/Shanghai)"));
  CHECK_THAT(chinese, Contains("第 12.1 条：通知自发送之日视为送达"));
}

TEST_CASE("A certificate without a legal date says why, and leaves nothing blank") {
  const auto [state, why] = GENERATE(
      table<NoticeState, std::string>({{NoticeState::accepted, "none yet\nWhy: The sending is not finished"},
                                       {NoticeState::sending, "none yet\nWhy: The sending is not finished"},
                                       {NoticeState::held, "none yet\nWhy: The notice is held: a person"},
                                       {NoticeState::failed, "none\nWhy: Sending failed"},
                                       {NoticeState::cancelled, "none\nWhy: The notice was cancelled"}}));
  const Certificate made = certificate(undated(state));
  CHECK_THAT(words(made), Contains("Legal date: " + why));
  CHECK_THAT(made.qr, !Contains("date "));
}

TEST_CASE("A sandbox stands across the page and beside the date") {
  const Certificate made = certificate(test::sample_notice());
  CHECK(made.stamp == "SANDBOX: not sent to anybody");
  CHECK_THAT(words(made), Contains("2026-07-01 (Asia/Shanghai)  SANDBOX"));
  CHECK_THAT(made.qr, Contains("\nsandbox\n"));
  CHECK(certificate(undated(NoticeState::failed)).stamp.empty());
}

TEST_CASE("Addresses are masked unless they are asked for") {
  const NoticeFile file = test::sample_notice();
  CHECK_THAT(words(certificate(file)), !Contains("zhang.wei") && Contains("z***@e***.com"));
  CHECK_THAT(words(make_certificate({.file = file, .unmasked = true}, shanghai(), Language::english)),
             Contains("zhang.wei@example.com"));
}

TEST_CASE("An outcome that nobody knows is no sending") {
  NoticeFile file = undated(NoticeState::sending);
  file.attempts.back().outcome = Outcome::unknown;
  CHECK_THAT(words(certificate(file)),
             Contains("attempt 2: unknown") && Contains("nobody knows whether it went out"));
}

TEST_CASE("The agreement's words come only from the agreement that the notice names") {
  const NoticeFile file = test::sample_notice();
  CHECK_THAT(words(certificate(file)), Contains("From: not stated"));
  Agreement agreement;
  agreement.provider = {{"en", "Example Ltd"}, {"zh-CN", "示例公司"}};
  agreement.user = {{"en", "customer"}};
  const Certificate made =
      make_certificate({.file = file, .agreement = &agreement}, shanghai(), Language::english);
  CHECK_THAT(words(made), Contains("From: Example Ltd\nTo: customer, account acct-1"));
}

TEST_CASE("A checkpoint that does not cover the notice yet says so") {
  const NoticeFile file = test::sample_notice();
  CertificateSource source{.file = file, .origin = "example.com/log"};
  source.checkpoint = PublishedCheckpoint{"example.com/log\n8\nx\n\n", 8, {}};
  CHECK_THAT(words(make_certificate(source, shanghai(), Language::english)), Contains("does not cover"));
  source.checkpoint->size = 9;
  const Certificate made = make_certificate(source, shanghai(), Language::english);
  CHECK_THAT(words(made), !Contains("does not cover"));
  CHECK_THAT(made.qr, Contains("\nleaf 8 ") && Contains("\n\nexample.com/log\n8\n"));
}

TEST_CASE("The same certificate is the same bytes, and one page") {
  const auto first = draw_certificate(certificate(test::sample_notice(), Language::chinese));
  REQUIRE(first.ok());
  CHECK(first->starts_with("%PDF-"));
  CHECK(*draw_certificate(certificate(test::sample_notice(), Language::chinese)) == *first);
  CHECK_THAT(*first, Contains("/Count 1"));
  CHECK(*draw_certificate(certificate(test::sample_notice())) != *first);
}

TEST_CASE("A character that no font has is an error that names it") {
  Certificate made = certificate(test::sample_notice());
  made.sections.front().rows.front().text = "a\U000F1234z";
  const auto drawn = draw_certificate(made);
  REQUIRE_FALSE(drawn.ok());
  CHECK(drawn.error().kind == ErrorKind::not_found);
  CHECK_THAT(drawn.error().message, Contains("U+F1234") && Contains("fonts-noto"));
}

TEST_CASE("What does not fit on one page is refused, never cut off") {
  Certificate made = certificate(test::sample_notice());
  auto& rows = made.sections.front().rows;
  rows.insert(rows.end(), 10, {"label", "text", Certificate::Look::plain});
  CHECK(draw_certificate(made).ok());
  rows.insert(rows.end(), 200, {"label", "text", Certificate::Look::plain});
  const auto drawn = draw_certificate(made);
  REQUIRE_FALSE(drawn.ok());
  CHECK(drawn.error().kind == ErrorKind::invalid);
}

TEST_CASE("A QR code holds what fits into one") {
  const auto made = make_qr_code("duenotice");
  REQUIRE(made.ok());
  CHECK(made->width == 21);
  CHECK(made->dark.size() == 21 * 21);
  CHECK(made->dark[0]);
  CHECK_FALSE(make_qr_code("").ok());
  CHECK_FALSE(make_qr_code(std::string(3000, 'x')).ok());
}
