#include <catch2/catch.hpp>
#include <vector>

#include "gateway/notice/states.hpp"

using namespace duenotice;
using D = DeliveryState;
using N = NoticeState;

namespace {

struct Flags {
  bool attempted = false;
  bool sent = false;
  bool maybe = false;
};
DeliveryStanding delivery(D state, Flags flags, bool counts = true) {
  return {.state = state,
          .counts = counts,
          .has_due_time = false,
          .has_attempt = flags.attempted,
          .ever_sent = flags.sent,
          .maybe_sent = flags.maybe};
}
constexpr Flags untouched{};
constexpr Flags refused{.attempted = true};
constexpr Flags was_sent{.attempted = true, .sent = true};
constexpr Flags unclear{.attempted = true, .maybe = true};

ResendSafety safety(N state, std::vector<DeliveryStanding> deliveries) {
  return resend_safety(state, deliveries);
}

}  // namespace

TEST_CASE("was anything sent: copies count, doubts do not") {
  CHECK_FALSE(sent_anything(std::vector<DeliveryStanding>{}));
  CHECK_FALSE(sent_anything(std::vector{delivery(D::waiting, refused), delivery(D::held, unclear)}));
  CHECK(sent_anything(std::vector{delivery(D::failed, refused), delivery(D::sent, was_sent, false)}));
}

TEST_CASE("a resend is safe only when nothing can have arrived") {
  CHECK(safety(N::failed, {delivery(D::failed, refused)}).safe);
  CHECK(safety(N::held, {delivery(D::held, untouched)}).safe);
  CHECK(safety(N::cancelled, {delivery(D::cancelled, untouched)}).safe);
}

TEST_CASE("a resend is not safe after a sending, during an attempt, at a relay, or in doubt") {
  CHECK_FALSE(safety(N::deemed_delivered, {delivery(D::sent, was_sent)}).safe);
  CHECK_FALSE(safety(N::deemed_delivered, {}).safe);
  // The gateway goes on by itself, so a second sender would make two.
  CHECK_FALSE(safety(N::accepted, {delivery(D::waiting, untouched)}).safe);
  CHECK_FALSE(safety(N::sending, {delivery(D::waiting, refused)}).safe);
  CHECK_FALSE(safety(N::failed, {delivery(D::failed, refused), delivery(D::sent, was_sent)}).safe);
  CHECK_FALSE(safety(N::failed, {delivery(D::failed, refused), delivery(D::sent, was_sent, false)}).safe);
  CHECK_FALSE(safety(N::sending, {delivery(D::in_flight, unclear)}).safe);
  CHECK_FALSE(safety(N::sending, {delivery(D::in_flight, refused)}).safe);
  CHECK_FALSE(safety(N::sending, {delivery(D::relayed, unclear)}).safe);
  CHECK_FALSE(safety(N::held, {delivery(D::held, unclear)}).safe);
  CHECK_FALSE(safety(N::accepted, {delivery(D::waiting, untouched), delivery(D::held, unclear, false)}).safe);
}

TEST_CASE("each answer says why, in a sentence of its own") {
  const auto why = [](N state, D delivery_state, Flags flags) {
    return safety(state, {delivery(delivery_state, flags)}).why;
  };
  CHECK(why(N::held, D::held, unclear).find("possible duplicate") != std::string::npos);
  CHECK(why(N::sending, D::in_flight, unclear).find("under way") != std::string::npos);
  CHECK(why(N::sending, D::relayed, unclear).find("relay") != std::string::npos);
  CHECK(why(N::deemed_delivered, D::sent, was_sent).find("second time") != std::string::npos);
  const auto half_way = safety(N::failed, {delivery(D::failed, refused), delivery(D::sent, was_sent)});
  CHECK(half_way.why.find("no legal date yet") != std::string::npos);
  const auto half_known = safety(N::sending, {delivery(D::waiting, unclear), delivery(D::sent, was_sent)});
  CHECK(half_known.why.find("possible duplicate") != std::string::npos);
  CHECK(why(N::failed, D::failed, refused).find("not taken") != std::string::npos);
  CHECK(why(N::held, D::held, untouched).find("Nothing was handed over") != std::string::npos);
  CHECK(why(N::accepted, D::waiting, untouched).find("by itself") != std::string::npos);
}

TEST_CASE("who must act") {
  CHECK(to_text(next_actor(N::accepted, false)) == "gateway");
  CHECK(to_text(next_actor(N::sending, false)) == "gateway");
  CHECK(to_text(next_actor(N::held, false)) == "operator");
  CHECK(to_text(next_actor(N::failed, false)) == "operator");
  CHECK(to_text(next_actor(N::cancelled, false)) == "nobody");
  CHECK(to_text(next_actor(N::deemed_delivered, false)) == "nobody");
  CHECK(to_text(next_actor(N::deemed_delivered, true)) == "operator");
  CHECK(to_text(NextActor::publisher) == "publisher");
}
