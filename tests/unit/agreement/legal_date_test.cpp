#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "gateway/agreement/legal_date.hpp"

using namespace duenotice;

namespace {

const TimeZone shanghai = *TimeZone::load("Asia/Shanghai");

Delivery delivery(Channel channel, DeliveryState state, bool counts = true) {
  Delivery one;
  one.channel = channel;
  one.state = state;
  one.counts = counts;
  one.rule = channel == Channel::email ? "agreement-date-of-sending" : "entry-into-system";
  one.rule_clause = channel == Channel::email ? "12.1" : "Civil Code 137";
  return one;
}
Notice notice(int required) {
  Notice one;
  one.required = required;
  one.time_zone = "Asia/Shanghai";
  return one;
}
Sending sending(Channel channel, const char* at, int attempt = 1) {
  return {channel, attempt, *parse_instant(at)};
}

const Delivery email_sent = delivery(Channel::email, DeliveryState::sent);
const Delivery email_waiting = delivery(Channel::email, DeliveryState::waiting);
const Delivery in_site_sent = delivery(Channel::in_site, DeliveryState::sent);
const Delivery in_site_waiting = delivery(Channel::in_site, DeliveryState::waiting);
constexpr const char* before_midnight = "2026-03-31T23:59:59.999+08:00";
constexpr const char* midnight = "2026-04-01T00:00:00.000+08:00";

std::optional<DeemedDelivery> legal(const Notice& of, std::vector<Delivery> deliveries,
                                    const Sending& latest) {
  return legal_delivery(of, deliveries, latest, shanghai);
}

}  // namespace

TEST_CASE("the first counting sending satisfies a clause that asks for any") {
  const auto deemed =
      legal(notice(1), {email_sent, in_site_waiting}, sending(Channel::email, before_midnight, 3));
  REQUIRE(deemed.has_value());
  CHECK(to_text(deemed->at) == "2026-03-31T15:59:59.999Z");
  CHECK(to_text(deemed->on) == "2026-03-31");
  CHECK(deemed->rule == "agreement-date-of-sending");
  CHECK(deemed->clause == "12.1");
  CHECK(deemed->channel == Channel::email);
  CHECK(deemed->attempt == 3);
}

TEST_CASE("the date is the agreement's calendar day of the reply") {
  const auto on = [](const char* at) {
    return to_text(legal(notice(1), {email_sent}, sending(Channel::email, at)).value().on);
  };
  CHECK(on(before_midnight) == "2026-03-31");
  CHECK(on(midnight) == "2026-04-01");
  CHECK(on("2026-03-31T15:59:59.999Z") == "2026-03-31");
  CHECK(on("2026-03-31T16:00:00Z") == "2026-04-01");
}

TEST_CASE("a clause that asks for several is satisfied by the sending that completes the number") {
  CHECK_FALSE(legal(notice(2), {email_sent, in_site_waiting}, sending(Channel::email, before_midnight)));
  const auto deemed = legal(notice(2), {email_sent, in_site_sent}, sending(Channel::in_site, midnight));
  REQUIRE(deemed.has_value());
  CHECK(deemed->channel == Channel::in_site);
  CHECK(deemed->rule == "entry-into-system");
  CHECK(deemed->clause == "Civil Code 137");
  CHECK(to_text(deemed->on) == "2026-04-01");
}

TEST_CASE("the same channel twice is one channel") {
  CHECK_FALSE(legal(notice(2), {email_sent, email_sent}, sending(Channel::email, midnight, 2)));
}

TEST_CASE("a date that is set never moves") {
  Notice dated = notice(1);
  dated.deemed = legal(dated, {email_sent}, sending(Channel::email, before_midnight));
  REQUIRE(dated.deemed.has_value());
  CHECK_FALSE(legal(dated, {email_sent, in_site_sent}, sending(Channel::in_site, midnight)));
  CHECK_FALSE(legal(dated, {email_sent}, sending(Channel::email, midnight, 2)));
}

TEST_CASE("copies never count and never date") {
  const Delivery copy = delivery(Channel::in_site, DeliveryState::sent, false);
  CHECK_FALSE(legal(notice(1), {email_waiting, copy}, sending(Channel::in_site, midnight)));
  CHECK_FALSE(legal(notice(2), {email_sent, copy}, sending(Channel::email, midnight)));
  CHECK_FALSE(legal(notice(1), {email_sent, copy}, sending(Channel::in_site, midnight)));
}

TEST_CASE("only a recorded sending dates") {
  for (const DeliveryState state :
       {DeliveryState::waiting, DeliveryState::in_flight, DeliveryState::relayed, DeliveryState::failed,
        DeliveryState::held, DeliveryState::cancelled, DeliveryState::not_needed}) {
    INFO(to_text(state));
    CHECK_FALSE(legal(notice(1), {delivery(Channel::email, state)}, sending(Channel::email, midnight)));
  }
  CHECK_FALSE(legal(notice(1), {email_sent}, sending(Channel::in_site, midnight)));
  CHECK_FALSE(legal(notice(1), {}, sending(Channel::email, midnight)));
}

TEST_CASE("a count of nothing still needs a sending") {
  CHECK_FALSE(legal(notice(0), {email_waiting}, sending(Channel::email, midnight)));
  CHECK(legal(notice(0), {email_sent}, sending(Channel::email, midnight)).has_value());
}

TEST_CASE("in any order of sendings the date is set exactly once, by the one that completes the number") {
  std::mt19937 random(20260331);
  for (int round = 0; round < 500; ++round) {
    const int required = 1 + static_cast<int>(random() % 2);
    Notice of = notice(required);
    std::vector<Delivery> deliveries{email_waiting, in_site_waiting};
    std::vector<Channel> order{Channel::email, Channel::in_site, Channel::email, Channel::in_site};
    std::shuffle(order.begin(), order.end(), random);
    int distinct = 0;
    Instant at = *parse_instant("2026-03-31T15:59:59.998Z");
    for (const Channel channel : order) {
      Delivery& one = deliveries[channel == Channel::email ? 0 : 1];
      distinct += one.state == DeliveryState::sent ? 0 : 1;
      one.state = DeliveryState::sent;
      const bool was_dated = of.deemed.has_value();
      const auto deemed = legal(of, deliveries, Sending{channel, 1, at});
      REQUIRE(deemed.has_value() == (!was_dated && distinct >= required));
      if (deemed) {
        REQUIRE(deemed->at == at);
        REQUIRE(deemed->channel == channel);
        of.deemed = deemed;
      }
      at += Milliseconds(1);
    }
    REQUIRE(of.deemed.has_value());
  }
}
