#include "gateway/app/notice_page.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "gateway/app/notice_json.hpp"
#include "gateway/notice/event.hpp"
#include "tests/unit/app/sample_notice.hpp"

using namespace duenotice;
using namespace duenotice::app;

namespace {

std::string page(const NoticeFile& file, Language language = Language::english, bool colors = false) {
  std::ostringstream out;
  std::ostringstream err;
  Terminal terminal{out, err};
  terminal.language = language;
  terminal.out_colors = colors;
  print_notice_page(terminal, file);
  return out.str();
}

std::string line_with(const std::string& text, const std::string& word) {
  const std::size_t found = text.find(word);
  if (found == std::string::npos) return "no line with " + word;
  const std::size_t start = text.rfind('\n', found) + 1;
  return text.substr(start, text.find('\n', found) - start);
}

}  // namespace

TEST_CASE("The page answers what, when, why, and who must act") {
  const std::string text = page(test::sample_notice());
  CHECK(line_with(text, "Notice 01J") == "Notice 01J2Z0V7N3KJ6Q8M4T5W9XYABC  deemed_delivered  SANDBOX");
  CHECK_THAT(text, Catch::Contains("service_termination, clause 9.3.3"));
  CHECK_THAT(text, Catch::Contains("2026-08-15, earliest lawful 2026-08-01, must be sent by 2026-07-15"));
  CHECK_THAT(line_with(text, "Legal date"), Catch::Contains("2026-07-01 (Asia/Shanghai)  SANDBOX"));
  CHECK_THAT(text, Catch::Contains("agreement-date-of-sending, clause 12.1"));
  CHECK_THAT(text, Catch::Contains("SANDBOX: written to a file, not sent to anybody"));
  CHECK_THAT(line_with(text, "Was anything sent?"), Catch::Contains("yes  SANDBOX"));
  CHECK_THAT(line_with(text, "Is a resend safe?"), Catch::Contains("no: It was sent"));
  CHECK_THAT(line_with(text, "Who must act?"), Catch::EndsWith("nobody"));
  CHECK_THAT(line_with(text, "email (counts"), Catch::Contains("z***@e***.com  sent  SANDBOX"));
  CHECK_THAT(line_with(text, "in_site (copy)"), Catch::Contains("due 2026-06-30T16:01:00.000Z"));
  CHECK_THAT(text, Catch::Contains("possible duplicate"));
  CHECK_THAT(text, Catch::Contains("  9  2026-06-30T16:00:00.000Z  deemed_delivered\n"));
}

TEST_CASE("Where the gateway must act and none runs, the page says so") {
  NoticeFile file = test::sample_notice();
  file.notice.state = NoticeState::sending;
  file.notice.deemed.reset();
  std::ostringstream out;
  std::ostringstream err;
  print_notice_page(Terminal{out, err}, file, true);
  CHECK_THAT(line_with(out.str(), "Who must act?"), Catch::EndsWith("gateway"));
  CHECK_THAT(out.str(),
             Catch::Contains("but no gateway answers here: it is stopped, starting or stopping; see "
                             "`duenotice doctor`"));
  CHECK_THAT(page(file), !Catch::Contains("no gateway answers here"));
  std::ostringstream chinese;
  Terminal terminal{chinese, err};
  terminal.language = Language::chinese;
  print_notice_page(terminal, file, true);
  CHECK_THAT(chinese.str(), Catch::Contains("但此处没有网关应答"));
  std::ostringstream done;
  print_notice_page(Terminal{done, err}, test::sample_notice(), true);
  CHECK_THAT(done.str(), !Catch::Contains("no gateway answers here"));
}

TEST_CASE("No address is shown unmasked, and no reply can move the cursor") {
  const std::string text = page(test::sample_notice());
  CHECK_THAT(text, !Catch::Contains("zhang.wei") && !Catch::Contains("10086"));
  CHECK_THAT(text, Catch::Contains("450 4.2.1 \\x1b[2Jtry later \\xff"));
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find('\r') == std::string::npos);
}

TEST_CASE("An attempt without an answer is never shown as not sent") {
  NoticeFile file = test::sample_notice();
  file.notice.deemed.reset();
  file.notice.sandbox = false;
  file.notice.state = NoticeState::held;
  file.deliveries[0].state = DeliveryState::held;
  file.deliveries[0].unknowns = 6;
  file.deliveries[0].reason = "unknown_outcome";
  const std::string text = page(file);
  CHECK_THAT(line_with(text, "Legal date"), Catch::Contains("none yet"));
  CHECK_THAT(line_with(text, "Was anything sent?"),
             Catch::EndsWith("nobody knows: an attempt ended without an answer"));
  CHECK_THAT(line_with(text, "Is a resend safe?"), Catch::Contains("no: "));
  CHECK_THAT(line_with(text, "Who must act?"), Catch::EndsWith("operator"));
  CHECK_THAT(text, Catch::Contains("because unknown_outcome"));
}

TEST_CASE("A broken lead time stands beside the date and calls for an operator") {
  NoticeFile file = test::sample_notice();
  file.notice.lead_time_broken = true;
  const std::string text = page(file);
  CHECK_THAT(text, Catch::Contains("lead time broken: sent later than the agreement allows"));
  CHECK_THAT(line_with(text, "Who must act?"), Catch::EndsWith("operator"));
}

TEST_CASE("The page speaks Chinese, down to the reasons") {
  const std::string text = page(test::sample_notice(), Language::chinese);
  CHECK_THAT(line_with(text, "法定送达日"), Catch::Contains("2026-07-01 (Asia/Shanghai)  沙箱"));
  CHECK_THAT(text, Catch::Contains("视为送达"));
  CHECK_THAT(line_with(text, "重发是否安全？"), Catch::Contains("否: 已经发出"));
  NoticeFile file = test::sample_notice();
  // Every reason that there is must have its translation: a latin letter in the answer would be an English
  // one.
  const std::vector<std::pair<NoticeState, std::vector<DeliveryState>>> situations = {
      {NoticeState::sending, {DeliveryState::in_flight}},
      {NoticeState::sending, {DeliveryState::relayed}},
      {NoticeState::failed, {DeliveryState::failed}},
      {NoticeState::accepted, {DeliveryState::waiting}},
      {NoticeState::held, {DeliveryState::held}}};
  for (const auto& [state, deliveries] : situations) {
    file.notice.state = state;
    file.notice.deemed.reset();
    file.notice.sandbox = false;
    file.deliveries.resize(1);
    file.deliveries[0].state = deliveries[0];
    file.deliveries[0].attempts = state == NoticeState::accepted ? 0 : 1;
    file.deliveries[0].unknowns = state == NoticeState::held ? 1 : 0;
    const std::string answer = line_with(page(file, Language::chinese), "重发是否安全？");
    INFO(answer);
    CHECK(answer.find_first_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos);
  }
}

TEST_CASE("Colours are used only where the terminal has them") {
  CHECK(page(test::sample_notice(), Language::english, true).find("\x1b[32mdeemed_delivered\x1b[0m") !=
        std::string::npos);
}

TEST_CASE("An attempt that is under way, at our relay or over is called so, in every language") {
  NoticeFile file = test::sample_notice();
  file.notice.deemed.reset();
  file.notice.sandbox = false;
  file.deliveries.resize(1);
  const auto answer = [&](DeliveryState state, Language language) {
    file.deliveries[0].state = state;
    file.deliveries[0].unknowns = 1;
    return line_with(page(file, language),
                     language == Language::english ? "Was anything sent?" : "是否已发出？");
  };
  CHECK_THAT(answer(DeliveryState::in_flight, Language::english), Catch::EndsWith("an attempt is under way"));
  CHECK_THAT(answer(DeliveryState::relayed, Language::english), Catch::EndsWith("relay has not reported"));
  CHECK_THAT(answer(DeliveryState::failed, Language::english), Catch::EndsWith("ended without an answer"));
  for (const DeliveryState state :
       {DeliveryState::in_flight, DeliveryState::relayed, DeliveryState::failed}) {
    const std::string chinese = answer(state, Language::chinese);
    INFO(chinese);
    CHECK(chinese.find_first_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos);
  }
}

TEST_CASE("A notice that has ended without a legal date gets none any more") {
  NoticeFile file = test::sample_notice();
  file.notice.deemed.reset();
  file.notice.sandbox = false;
  for (const NoticeState state : {NoticeState::failed, NoticeState::cancelled}) {
    file.notice.state = state;
    CHECK_THAT(line_with(page(file), "Legal date"), Catch::EndsWith(" none (Asia/Shanghai)"));
    CHECK_THAT(line_with(page(file, Language::chinese), "法定送达日"),
               Catch::EndsWith(" 无 (Asia/Shanghai)"));
  }
  for (const NoticeState state : {NoticeState::accepted, NoticeState::sending, NoticeState::held}) {
    file.notice.state = state;
    CHECK_THAT(line_with(page(file), "Legal date"), Catch::Contains(" none yet ("));
  }
}

TEST_CASE("The page shows receipts, replays, decisions and the calendar, each where it belongs") {
  NoticeFile file = test::sample_notice();
  file.attempts[1].id = 7;
  file.attempts[1].job = 4;
  file.attempts[1].provider_id = "q-1";
  file.replays = {{.number = 4, .id = "JOB", .act = 9, .act_id = "ACT"}};
  file.receipts = {{.attempt = 7,
                    .kind = ReceiptKind::undelivered,
                    .at = *parse_instant("2026-07-01T08:00:00Z"),
                    .provider_id = "c-1",
                    .report = "id:1\x1b[2J stat:UNDELIV\n"}};
  Act act;
  act.number = 9;
  act.at = *parse_instant("2026-07-02T08:00:00Z");
  act.what = "replay";
  act.operator_name = "li";
  act.reason = "mended\n=cmd";
  act.channel = Channel::email;
  act.statement = "taken";
  act.evidence_name = "ticket.pdf";
  file.acts = {act};
  file.notice.late_accepted = true;
  const std::string text = page(file);
  CHECK_THAT(text,
             Catch::Contains("provider's id q-1  replay JOB\n"
                             "       receipt  2026-07-01T08:00:00.000Z  undelivered  provider's id c-1  "
                             "id:1\\x1b[2J stat:UNDELIV\n"));
  CHECK_THAT(text,
             Catch::Contains("Decisions\n  2026-07-02T08:00:00.000Z  replay  email  replay JOB  by li: "
                             "mended\\x0a=cmd\n    the provider says: taken\n    evidence: ticket.pdf\n"));
  CHECK_THAT(line_with(text, "Calendar"), Catch::EndsWith("none: rest days were not counted"));
  CHECK_THAT(text, Catch::Contains("a person decided that it goes out although it is late"));
  const std::string chinese = page(file, Language::chinese);
  CHECK_THAT(chinese, Catch::Contains("回执  2026-07-01T08:00:00.000Z  未能送达  服务商编号 c-1"));
  CHECK_THAT(chinese, Catch::Contains("人工决定") && Catch::Contains("服务商确认: taken"));
  CHECK_THAT(page(test::sample_notice()), !Catch::Contains("Decisions"));
}

TEST_CASE("A delivery that a person may send again answers the three questions itself") {
  NoticeFile file = test::sample_notice();
  file.deliveries[1].state = DeliveryState::held;
  file.deliveries[1].attempts = 1;
  file.deliveries[1].unknowns = 1;
  CHECK_THAT(page(file),
             Catch::Contains("Was it sent? nobody knows  Is a resend safe? no: An attempt ended"));
  CHECK_THAT(page(file, Language::chinese), Catch::Contains("是否已发出？ 无法确定  重发是否安全？ 否: "));
}

TEST_CASE("The page names the digest of the agreement's version, and what its rule means") {
  NoticeFile file = test::sample_notice();
  file.notice.agreement_digest = sha256("agreement");
  CHECK_THAT(page(file), Catch::Contains("SHA-256 " + sha256("agreement").hex()));
  CHECK_THAT(page(file), Catch::Contains("a notice is deemed delivered on the date of its sending"));
  CHECK_THAT(page(file, Language::chinese), Catch::Contains("通知自发送之日视为送达"));
  CHECK(*file_json(file).find("agreement_sha256") == Json(sha256("agreement").hex()));
}

TEST_CASE("The history speaks Chinese, whatever happened to the notice") {
  NoticeFile file = test::sample_notice();
  const auto line = [&](std::string_view type, const char* facts) {
    file.events = {{.sequence = 7, .at = file.notice.accepted_at, .type = std::string(type), .bytes = facts}};
    return line_with(page(file, Language::chinese), "  7  ");
  };
  CHECK_THAT(line(events::attempt_started, R"({"attempt":1,"channel":"in_site","revision":2})"),
             Catch::EndsWith("  开始尝试  渠道 站内信，尝试 1，修订 2"));
  CHECK_THAT(line(events::delivery_failed, R"({"channel":"email","code":"550","reason":"refused"})"),
             Catch::EndsWith("  投递失败  渠道 邮件，代码 550，原因 被拒收"));
  for (const std::string_view type : {events::accepted,
                                      events::channel_left_out,
                                      events::commit_overran,
                                      events::replay_taken_back,
                                      events::rejection_released,
                                      events::attempt_started,
                                      events::deemed_delivered,
                                      events::lead_time_broken,
                                      events::effective_date_moved,
                                      events::delivery_held,
                                      events::delivery_failed,
                                      events::next_channel_due,
                                      events::delivery_not_needed,
                                      events::notice_held,
                                      events::notice_failed,
                                      events::notice_cancelled,
                                      events::receipt,
                                      events::relay_overdue,
                                      events::courtesy_due,
                                      events::operator_act,
                                      events::address_corrected,
                                      events::effective_date_set,
                                      events::late_accepted,
                                      events::made_due,
                                      events::replayed,
                                      events::resend_ended,
                                      to_text(Outcome::sent),
                                      to_text(Outcome::relayed),
                                      to_text(Outcome::transient_failure),
                                      to_text(Outcome::permanent_failure),
                                      to_text(Outcome::unknown),
                                      to_text(Outcome::not_started)})
    CHECK_THAT(line(type, "{}"), !Catch::Contains(std::string(type)));
}
