#pragma once
#include "gateway/evidence/witness.hpp"
#include "tests/support/published_log.hpp"

namespace duenotice::test {

inline evidence::SigningKey witness_key() {
  SeededRandom random(1);
  return evidence::SigningKey::make("example.com/witness", evidence::NoteKeyKind::cosigner, random);
}

/// A log, and a witness that knows it.
struct WitnessedLog : PublishedLog {
  evidence::WitnessStore store = evidence::WitnessStore::open(folder / "witness.db").value();
  evidence::Witness witness{store, witness_key(), {log_key().verifier()}};
};

}  // namespace duenotice::test
