#include <array>
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>
#include <vector>

#include "gateway/notice/states.hpp"

using namespace duenotice;
using D = DeliveryState;
using N = NoticeState;

namespace {

constexpr std::array all{D::waiting, D::in_flight, D::relayed,   D::sent,
                         D::failed,  D::held,      D::cancelled, D::not_needed};

DeliveryStanding counting(D state, bool due = false, bool attempted = false) {
  return {.state = state, .counts = true, .has_due_time = due, .has_attempt = attempted};
}
DeliveryStanding copy(DeliveryStanding delivery) {
  delivery.counts = false;
  return delivery;
}
N fold(std::vector<DeliveryStanding> deliveries) { return notice_state(false, deliveries); }

const DeliveryStanding due = counting(D::waiting, true);
const DeliveryStanding retry = counting(D::waiting, true, true);
const DeliveryStanding no_turn_yet = counting(D::waiting);

}  // namespace

TEST_CASE("a legal date wins over everything, for ever") {
  for (const D state : all) {
    CHECK(notice_state(true, std::vector{counting(state, true, true)}) == N::deemed_delivered);
  }
  CHECK(notice_state(true, {}) == N::deemed_delivered);
}

TEST_CASE("without a legal date no delivery makes a notice deemed delivered") {
  for (const D state : all) CHECK(fold({counting(state, true, true)}) != N::deemed_delivered);
}

TEST_CASE("a cancelled notice") {
  CHECK(fold({counting(D::cancelled)}) == N::cancelled);
  CHECK(fold({counting(D::failed, false, true), counting(D::cancelled)}) == N::cancelled);
}

TEST_CASE("sending: in flight, relayed, or due again after an attempt") {
  CHECK(fold({counting(D::in_flight, false, true)}) == N::sending);
  CHECK(fold({counting(D::relayed, false, true)}) == N::sending);
  CHECK(fold({retry}) == N::sending);
  CHECK(fold({counting(D::failed, false, true), due}) == N::sending);
  CHECK(fold({counting(D::held, false, true), counting(D::in_flight, false, true)}) == N::sending);
}

TEST_CASE("accepted: due, and never attempted") {
  CHECK(fold({due}) == N::accepted);
  CHECK(fold({due, no_turn_yet}) == N::accepted);
  CHECK(fold({counting(D::held), due}) == N::accepted);
}

TEST_CASE("held: nothing due, somebody must decide") {
  CHECK(fold({counting(D::held)}) == N::held);
  CHECK(fold({counting(D::held, false, true), counting(D::failed, false, true)}) == N::held);
  CHECK(fold({counting(D::held), no_turn_yet}) == N::held);
  CHECK(fold({counting(D::held), counting(D::sent, false, true)}) == N::held);
}

TEST_CASE("failed: nothing else is left") {
  CHECK(fold({counting(D::failed, false, true)}) == N::failed);
  CHECK(fold({counting(D::failed, false, true), counting(D::sent, false, true)}) == N::failed);
  CHECK(fold({counting(D::failed, false, true), no_turn_yet}) == N::failed);
  CHECK(fold({}) == N::failed);
}

TEST_CASE("copies never move a notice") {
  for (const DeliveryStanding& own : {due, retry, counting(D::held), counting(D::failed, false, true),
                                      counting(D::in_flight, false, true), counting(D::cancelled)}) {
    const N alone = fold({own});
    for (const D state : all) {
      CHECK(fold({own, copy(counting(state, true, true))}) == alone);
      CHECK(fold({copy(counting(state, true, true)), own}) == alone);
    }
  }
}

TEST_CASE("the order of deliveries does not matter") {
  std::mt19937 random(20260331);  // NOLINT: replayable
  for (int round = 0; round < 2000; ++round) {
    std::vector<DeliveryStanding> deliveries(1 + random() % 4);
    for (DeliveryStanding& one : deliveries) {
      one = counting(all[random() % all.size()], random() % 2 == 0, random() % 2 == 0);
      one.counts = random() % 3 != 0;
    }
    const N before = fold(deliveries);
    std::shuffle(deliveries.begin(), deliveries.end(), random);
    REQUIRE(fold(deliveries) == before);
  }
}

TEST_CASE("the legal moves, row by row") {
  const std::map<D, std::set<D>> legal{
      {D::waiting, {D::waiting, D::in_flight, D::sent, D::failed, D::held, D::cancelled, D::not_needed}},
      {D::in_flight, {D::sent, D::relayed, D::waiting, D::failed, D::held}},
      {D::relayed, {D::relayed, D::sent, D::waiting, D::failed, D::held}},
      {D::sent, {D::sent}},
      {D::failed, {D::failed, D::waiting, D::sent, D::cancelled}},
      {D::held, {D::held, D::waiting, D::sent, D::failed, D::cancelled, D::not_needed}},
      {D::cancelled, {D::cancelled, D::sent}},
      {D::not_needed, {D::not_needed, D::waiting, D::sent}},
  };
  for (const D from : all) {
    for (const D to : all) {
      INFO(to_text(from) << " -> " << to_text(to));
      CHECK(may_move(from, to) == (legal.at(from).count(to) == 1));
    }
  }
}

TEST_CASE("nothing sent is ever taken back") {
  for (const D from : all) {
    if (from != D::sent) CHECK_FALSE(may_move(D::sent, from));
  }
}
