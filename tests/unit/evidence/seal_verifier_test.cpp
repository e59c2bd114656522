#include "gateway/evidence/seal_verifier.hpp"

#include <catch2/catch.hpp>

#include "gateway/base/limits.hpp"
#include "gateway/evidence/note_signature.hpp"
#include "gateway/evidence/stamp_collector.hpp"
#include "tests/support/published_log.hpp"
#include "tests/support/test_clock.hpp"
#include "tests/support/time_stamp_authority.hpp"

using namespace duenotice;
using namespace duenotice::evidence;
using namespace std::chrono_literals;

namespace {

const SystemClock system_clock;
SystemRandom system_random;

SigningKey witness_key() {
  test::SeededRandom random(1);
  return SigningKey::make("example.com/witness", NoteKeyKind::cosigner, random);
}

/// Three seals of a log, stamped by a TSA and cosigned by a witness; a fourth waits for its stamp.
struct SealedLog : test::PublishedLog {
  test::TimeStampAuthority authority;
  SealStore seals = SealStore::open(folder / "seals.db", test::log_key().verifier()).value();

  SealedLog() {
    TimeStampClient tsa(authority.server("good"), system_clock, system_random);
    StampCollector collector(seals, tsa);
    for (const std::size_t size : {5U, 300U, 300U, 700U}) {
      const auto sealed = sealed_checkpoint(publish(size)->checkpoint, test::log_key().verifier()).value();
      const std::int64_t id = seals.add(sealed, system_clock.now(), {"good"}).value();
      const std::string text = parse_note(sealed.note)->text;
      REQUIRE(seals.put_cosignature(id, cosign(witness_key(), text, std::chrono::sys_seconds(1s))));
      if (id < 4) REQUIRE(collector.step(system_clock.now())->seal == id);
    }
  }
  void change(const std::string& sql) {
    sqlite::Database(folder / "seals.db", sqlite::Database::Mode::read_write, 1'000).run(sql);
  }
  SealVerification verification() {
    return SealVerifier(seals, files, {{"good", authority.roots()}}, {witness_key().verifier()})
        .verify()
        .value();
  }
  /// The findings in one line: `fault seal by`, separated by commas.
  std::string words() {
    std::string out;
    for (const SealFinding& finding : verification().findings) {
      CHECK_FALSE(finding.sentence.empty());
      out += (out.empty() ? "" : ", ") + to_text(finding.fault) + " " + std::to_string(finding.seal);
      if (!finding.by.empty()) out += " " + finding.by;
    }
    return out;
  }
};

}  // namespace

TEST_CASE("seals, stamps and cosignatures are verified, each by whom we trust") {
  SealedLog log;
  const SealVerification all = log.verification();
  CHECK(all.good());
  CHECK(all.seals == 4);
  CHECK(all.stamps == 3);
  CHECK(all.cosignatures == 4);
  CHECK(all.waiting == 1);
  CHECK(all.unchecked == 0);
  const auto nobody = SealVerifier(log.seals, log.files, {}, {}).verify();
  REQUIRE(nobody);
  CHECK(nobody->good());
  CHECK(nobody->unchecked == 7);
  const auto others = TimeStampRoots::read(log.authority.file("other_root.pem"));
  REQUIRE(others);
  const auto by_others = SealVerifier(log.seals, log.files, {{"good", *others}}, {}).verify();
  REQUIRE(by_others);
  CHECK(by_others->findings.size() == 3);
}

TEST_CASE("the record of seals and stamps changes with each of them and with nothing that comes later") {
  SealedLog log;
  const SealRecord record = log.seals.record().value();
  CHECK(record.seals == 4);
  CHECK(record.stamps == 3);
  const SealRecord first = log.seals.record(2, 1).value();
  CHECK(first.seals == 2);
  CHECK(first.stamps == 1);
  for (const char* change :
       {"UPDATE stamp SET token = NULL WHERE seal = 1", "UPDATE stamp SET token = x'00' WHERE seal = 1",
        "DELETE FROM arrival WHERE seal = 1; UPDATE stamp SET token = NULL WHERE seal = 1",
        "UPDATE seal SET note = note || ' ' WHERE id = 2"}) {
    SealedLog changed;
    const SealRecord before = changed.seals.record(2, 1).value();
    changed.change(change);
    CHECK(changed.seals.record(2, 1).value() != before);
  }
  log.change(
      "DELETE FROM stamp WHERE seal > 2; DELETE FROM cosignature WHERE seal > 2; DELETE FROM seal WHERE id > "
      "2");
  CHECK(log.seals.record(2, 1).value() == first);
  CHECK(log.seals.record(4, 3).value() != record);
}

TEST_CASE("whatever was changed about a seal is named") {
  SealedLog log;
  SECTION("a seal is gone, also the last") {
    log.change(
        "DELETE FROM cosignature WHERE seal IN (2, 4); DELETE FROM stamp WHERE seal IN (2, 4);"
        "DELETE FROM seal WHERE id IN (2, 4)");
    CHECK(log.words() == "seal_missing 2, seal_missing 4");
  }
  SECTION("a token is gone, or only its bytes") {
    log.change("DELETE FROM stamp WHERE seal = 1; UPDATE stamp SET token = NULL WHERE seal = 2");
    CHECK(log.words() == "stamp_missing 1 good, stamp_missing 2 good");
  }
  SECTION("a seal was changed") {
    log.change(
        "UPDATE seal SET note = replace(note, char(10) || '300' || char(10),"
        " char(10) || '301' || char(10)) WHERE id = 2");
    CHECK(log.words() == "seal_invalid 2");
  }
  SECTION("its size was changed, by which it is found") {
    log.change("UPDATE seal SET size = 6 WHERE id = 1");
    CHECK(log.words() == "seal_invalid 1");
  }
  SECTION("another seal stands in its place") {
    log.change("UPDATE seal SET (size, note) = (SELECT size, note FROM seal WHERE id = 4) WHERE id = 1");
    CHECK(log.words() ==
          "stamp_invalid 1 good, cosignature_invalid 1 example.com/witness, seal_reordered 2, "
          "seal_reordered 3");
  }
  SECTION("a token of another seal, or a changed one") {
    log.change("UPDATE stamp SET token = (SELECT token FROM stamp WHERE seal = 2) WHERE seal = 1");
    CHECK(log.words() == "stamp_invalid 1 good");
  }
  SECTION("another time beside the token") {
    log.change("UPDATE stamp SET gen_time = gen_time - 1 WHERE seal = 3");
    CHECK(log.words() == "stamp_invalid 3 good");
  }
  SECTION("a cosignature of another seal") {
    log.change("UPDATE cosignature SET line = (SELECT line FROM cosignature WHERE seal = 4) WHERE seal = 1");
    CHECK(log.words() == "cosignature_invalid 1 example.com/witness");
  }
  SECTION("a line that is no cosignature") {
    log.change("UPDATE cosignature SET line = 'none' WHERE seal = 1");
    CHECK(log.words() == "cosignature_invalid 1 example.com/witness");
  }
}

TEST_CASE("a log that is not the one that was sealed is named") {
  SealedLog log;
  SECTION("another hash in a tile") {
    std::string tile = log.files.read("tile/0/000", 10'000).value();
    tile[32 * 3] = static_cast<char>(tile[32 * 3] ^ 1);
    REQUIRE(log.files.write("tile/0/000", tile));
    // The roots of larger trees are made of the tile above.
    CHECK(log.words() == "root_differs 1");
  }
  SECTION("tiles are gone") {
    REQUIRE(log.files.remove("tile/0/002.p"));
    CHECK(log.words() == "root_differs 4");
  }
}

TEST_CASE("no more findings are named than there is room for") {
  SealedLog log;
  log.change("UPDATE sqlite_sequence SET seq = 4 + " + std::to_string(limits::log_findings_named + 10) +
             " WHERE name = 'seal'");
  const SealVerification all = log.verification();
  CHECK(all.findings.size() == limits::log_findings_named);
  CHECK(all.further == 10);
  CHECK_FALSE(all.good());
}
