#include "gateway/notice/delivery_answers.hpp"

#include <catch2/catch.hpp>

using namespace duenotice;

namespace {

Delivery delivery(DeliveryState state, int attempts, int unknowns = 0) {
  Delivery delivery;
  delivery.state = state;
  delivery.counts = true;
  delivery.attempts = attempts;
  delivery.unknowns = unknowns;
  return delivery;
}

}  // namespace

TEST_CASE("A delivery that failed for certain can be sent again, and one that may be out cannot") {
  const DeliveryAnswers refused = answers_of(delivery(DeliveryState::failed, 3), NoticeState::failed);
  CHECK(refused.sent == false);
  CHECK(refused.resend.safe);
  CHECK_THAT(refused.resend.why, Catch::StartsWith("Every attempt so far was definitely not taken"));
  CHECK(refused.actor == NextActor::operator_);
  const DeliveryAnswers unknown = answers_of(delivery(DeliveryState::held, 3, 1), NoticeState::held);
  CHECK(!unknown.sent);
  CHECK(!unknown.resend.safe);
  CHECK_THAT(unknown.resend.why, Catch::Contains("possible duplicate"));
  const DeliveryAnswers late = answers_of(delivery(DeliveryState::held, 0), NoticeState::held);
  CHECK(late.sent == false);
  CHECK(late.resend.safe);
  CHECK_THAT(late.resend.why, Catch::StartsWith("Nothing was handed over yet"));
}

TEST_CASE("What is still on its way is the gateway's, and what was sent is nobody's") {
  for (const DeliveryState state :
       {DeliveryState::waiting, DeliveryState::in_flight, DeliveryState::relayed}) {
    const DeliveryAnswers answers = answers_of(delivery(state, 1), NoticeState::sending);
    CHECK(answers.sent.has_value() == (state == DeliveryState::waiting));
    CHECK(!answers.resend.safe);
    CHECK(answers.actor == NextActor::gateway);
  }
  const DeliveryAnswers sent = answers_of(delivery(DeliveryState::sent, 1), NoticeState::deemed_delivered);
  CHECK(sent.sent == true);
  CHECK(!sent.resend.safe);
  CHECK(sent.actor == NextActor::nobody);
}

TEST_CASE(
    "A delivery that failed beside its notice's legal date needs nobody, beside a live channel the gateway") {
  const Delivery failed = delivery(DeliveryState::failed, 1);
  CHECK(answers_of(failed, NoticeState::deemed_delivered).actor == NextActor::nobody);
  CHECK(answers_of(failed, NoticeState::cancelled).actor == NextActor::nobody);
  CHECK(answers_of(failed, NoticeState::sending).actor == NextActor::gateway);
}

TEST_CASE("What the provider says that it has is never sent again lightly, nor called sent") {
  Delivery ended = delivery(DeliveryState::failed, 1);
  ended.reason = std::string(reasons::provider_confirms);
  const DeliveryAnswers answers = answers_of(ended, NoticeState::failed);
  CHECK(!answers.sent);
  CHECK(!answers.resend.safe);
  CHECK_THAT(answers.resend.why, Catch::Contains("The provider says that it has the message"));
}

TEST_CASE("What the provider has is the operator's once no channel is left to satisfy the clause") {
  Delivery ended = delivery(DeliveryState::failed, 1, 1);
  ended.reason = std::string(reasons::provider_confirms);
  CHECK(answers_of(ended, NoticeState::failed).actor == NextActor::operator_);
  CHECK(answers_of(ended, NoticeState::sending).actor == NextActor::gateway);
  CHECK(answers_of(ended, NoticeState::held).actor == NextActor::nobody);
  CHECK(answers_of(ended, NoticeState::deemed_delivered).actor == NextActor::nobody);
  const DeliveryStanding standing = standing_of(ended);
  CHECK_THAT(resend_safety(NoticeState::failed, {&standing, 1}).why,
             Catch::StartsWith("The provider says that it has the message"));
  CHECK(needs_another_way(NoticeState::failed, {&standing, 1}));
  CHECK(!needs_another_way(NoticeState::held, {&standing, 1}));
  ended.counts = false;
  CHECK(answers_of(ended, NoticeState::failed).actor == NextActor::nobody);
  const DeliveryStanding copy = standing_of(ended);
  CHECK(!needs_another_way(NoticeState::failed, {&copy, 1}));
}
