#include "queue/ack_ledger.hpp"

#include <catch2/catch.hpp>

using duenotice::queue::AckLedger;
using Acks = std::vector<AckLedger::Ack>;

namespace {

AckLedger ledger_with(std::uint64_t deliveries) {
  AckLedger ledger;
  for (std::uint64_t tag = 1; tag <= deliveries; ++tag) ledger.delivered(tag);
  return ledger;
}

}  // namespace

TEST_CASE("what is done without a gap is acknowledged at once") {
  AckLedger ledger = ledger_with(5);
  for (std::uint64_t tag : {3U, 1U, 2U}) ledger.done(tag);
  CHECK(ledger.take() == Acks{{3, true}});
  CHECK(ledger.take().empty());
}

TEST_CASE("one that is not done holds nobody up") {
  AckLedger ledger = ledger_with(5);
  for (std::uint64_t tag : {4U, 1U, 3U}) ledger.done(tag);
  CHECK(ledger.take() == Acks{{1, true}, {3, false}, {4, false}});
  ledger.done(2);
  CHECK(ledger.take() == Acks{{2, true}});
  ledger.done(5);
  CHECK(ledger.take() == Acks{{5, true}});
}

TEST_CASE("an acknowledgement of several never names a delivery that was told before") {
  AckLedger ledger = ledger_with(3);
  ledger.done(3);
  CHECK(ledger.take() == Acks{{3, false}});
  ledger.done(1);
  ledger.done(2);
  CHECK(ledger.take() == Acks{{2, true}});
}

TEST_CASE("what was given back is never acknowledged") {
  AckLedger ledger = ledger_with(4);
  ledger.given_back(1);
  ledger.given_back(3);
  CHECK(ledger.take().empty());
  ledger.done(2);
  CHECK(ledger.take() == Acks{{2, true}});
  ledger.done(3);
  CHECK(ledger.take().empty());
  ledger.done(4);
  CHECK(ledger.take() == Acks{{4, true}});
}

TEST_CASE("unknown tags and repetitions are ignored") {
  AckLedger ledger = ledger_with(2);
  ledger.done(0);
  ledger.done(7);
  ledger.done(2);
  ledger.done(2);
  CHECK(ledger.take() == Acks{{2, false}});
  ledger.done(2);
  CHECK(ledger.take().empty());
}
