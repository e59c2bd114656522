#include "channels/email/smtp_reply_policy.hpp"

#include <catch2/catch.hpp>
#include <vector>

using namespace duenotice;
using namespace duenotice::channels;

namespace {

const std::vector<SmtpStage> before_the_dot{SmtpStage::connect, SmtpStage::greeting,  SmtpStage::session,
                                            SmtpStage::mail,    SmtpStage::recipient, SmtpStage::data,
                                            SmtpStage::content};
const std::vector<SmtpEnd> without_reply{SmtpEnd::resolve_failed,   SmtpEnd::connect_failed,
                                         SmtpEnd::tls_not_offered,  SmtpEnd::tls_untrusted,
                                         SmtpEnd::tls_failed,       SmtpEnd::auth_refused,
                                         SmtpEnd::auth_not_offered, SmtpEnd::smtputf8_not_offered,
                                         SmtpEnd::timed_out,        SmtpEnd::connection_lost,
                                         SmtpEnd::aborted};

Outcome replied(SmtpStage stage, int code) {
  return report_of({.stage = stage, .end = SmtpEnd::replied, .reply_code = code, .reply = "r"}).outcome;
}

}  // namespace

TEST_CASE("only a 2xx to the final dot is a sending, for every code there is") {
  for (int code = 100; code <= 999; ++code) {
    const Outcome expected = code / 100 == 2   ? Outcome::sent
                             : code / 100 == 4 ? Outcome::transient_failure
                             : code / 100 == 5 ? Outcome::permanent_failure
                                               : Outcome::unknown;
    CHECK(replied(SmtpStage::final_reply, code) == expected);
    for (const SmtpStage stage : before_the_dot) {
      CHECK(replied(stage, code) != Outcome::sent);
      CHECK(replied(stage, code) != Outcome::unknown);
    }
  }
}

TEST_CASE("once the dot may be out, nothing but an answer makes it known") {
  for (const SmtpEnd end : without_reply) {
    CHECK(report_of({.stage = SmtpStage::final_reply, .end = end}).outcome == Outcome::unknown);
  }
}

TEST_CASE("before the dot nothing is unknown") {
  for (const SmtpStage stage : before_the_dot) {
    for (const SmtpEnd end : without_reply) {
      const Outcome expected = end == SmtpEnd::aborted                ? Outcome::not_started
                               : end == SmtpEnd::smtputf8_not_offered ? Outcome::permanent_failure
                                                                      : Outcome::transient_failure;
      CHECK(report_of({.stage = stage, .end = end}).outcome == expected);
    }
  }
}

TEST_CASE("5xx ends a delivery only where it is about this message") {
  for (const SmtpStage stage : {SmtpStage::greeting, SmtpStage::session}) {
    CHECK(replied(stage, 554) == Outcome::transient_failure);
  }
  for (const SmtpStage stage : {SmtpStage::mail, SmtpStage::recipient, SmtpStage::data}) {
    CHECK(replied(stage, 550) == Outcome::permanent_failure);
    CHECK(replied(stage, 450) == Outcome::transient_failure);
    CHECK(replied(stage, 421) == Outcome::transient_failure);
    for (const int code : {530, 534, 535, 538}) CHECK(replied(stage, code) == Outcome::transient_failure);
  }
}

TEST_CASE("codes are the server's own or stable words") {
  CHECK(
      report_of({.stage = SmtpStage::recipient, .end = SmtpEnd::replied, .reply_code = 450, .reply = "450 x"})
          .code == "450");
  CHECK(
      report_of({.stage = SmtpStage::recipient, .end = SmtpEnd::replied, .reply_code = 450, .reply = "450 x"})
          .reply == "450 x");
  CHECK(report_of({.stage = SmtpStage::data, .end = SmtpEnd::timed_out}).code == "timeout_data");
  CHECK(report_of({.stage = SmtpStage::final_reply, .end = SmtpEnd::connection_lost}).code ==
        "connection_lost_final_reply");
}

TEST_CASE("only a kept connection that took nothing counts as stale") {
  for (const SmtpStage stage :
       {SmtpStage::recipient, SmtpStage::data, SmtpStage::content, SmtpStage::final_reply}) {
    CHECK_FALSE(was_stale({.stage = stage, .end = SmtpEnd::connection_lost}, true));
  }
  const SmtpFacts lost{.stage = SmtpStage::mail, .end = SmtpEnd::connection_lost};
  CHECK(was_stale(lost, true));
  CHECK_FALSE(was_stale(lost, false));
  CHECK(was_stale({.stage = SmtpStage::mail, .end = SmtpEnd::replied, .reply_code = 421}, true));
  CHECK_FALSE(was_stale({.stage = SmtpStage::mail, .end = SmtpEnd::replied, .reply_code = 450}, true));
  CHECK_FALSE(was_stale({.stage = SmtpStage::mail, .end = SmtpEnd::timed_out}, true));
}
