#include <catch2/catch.hpp>

#include <fstream>

#include "gateway/base/digest.hpp"
#include "gateway/base/json.hpp"
#include "gateway/base/sqlite.hpp"
#include "tests/support/journal_fixture.hpp"
#include "tests/unit/app/program.hpp"

using namespace duenotice;
using duenotice::test::content;
using duenotice::test::Ended;
using duenotice::test::JournalFixture;

namespace {

constexpr const char* notice_header =
    "notice_id,account_id,legal_date,time_zone,state,sandbox,kind,clause,also_clauses,legal_rule,legal_"
    "clause,"
    "legal_channel,legal_attempt,legal_instant,agreement,agreement_version,agreement_sha256,source,request_"
    "id,"
    "request_sha256,reference,locale,accepted_at,effective_date,earliest_effective_date,must_be_sent_by,"
    "lead_days,lead_time_broken,late_accepted,calendar,required_channels,channels_left_out,channel,counts,"
    "decides,"
    "delivery_state,delivery_reason,delivery_state_since,delivery_sandbox,address_masked,address,attempts,"
    "unknown_outcomes,replays,attempt,attempt_started_at,attempt_ended_at,outcome,code,reply,provider_id,"
    "possible_duplicate,revision,message_id,content_sha256,template_sha256,erased,receipts\r\n";

/// Three notices; names and replies are of the kind that somebody else chose.
void store(JournalFixture& fixture) {
  fixture.commit([](Transaction& tx) {
    for (int serial = 1; serial <= 3; ++serial) {
      Notice notice = test::sample_notice(serial);
      notice.account_id = serial == 2 ? "=cmd|' /C calc'!A0" : "acct-1";
      notice.reference = "two, \"three\" 😀";
      notice.number = tx.insert_notice(notice, "{}");
      Rendering rendering = test::sample_rendering(notice.number);
      rendering.address = "+8613800138000";
      rendering.address_masked = "+86*******8000";
      tx.insert_rendering(rendering);
      tx.insert_delivery(test::sample_delivery(notice.number));
      Attempt attempt = test::sample_attempt(tx, notice.number);
      attempt.outcome = Outcome::sent;
      attempt.reply = serial == 3 ? std::string("\xff\0", 2) : "250-ok\r\n250 \"done\"\r\n";
      tx.insert_attempt(attempt);
      tx.append_event(test::sample_event(notice));
    }
  });
  test::write_configuration(fixture.folder);
}

Ended program(const JournalFixture& fixture, const std::string& words) {
  return test::run(fixture.folder, words, "", "DUENOTICE_JOURNAL_URL=sqlite:journal.db");
}

Json manifest_of(const JournalFixture& fixture, const std::string& file) {
  const auto json = parse_json(content(fixture.folder / (file + ".manifest.json")));
  REQUIRE(json.ok());
  return *json;
}

/// What a program that knows nothing of us reads from a CSV.
std::string read_by_python(const JournalFixture& fixture, const std::string& expression) {
  std::ofstream(fixture.folder / "read.py")
      << "import csv, sys\nrows = list(csv.DictReader(open('rows.csv', newline='', encoding='utf-8')))\n"
      << "sys.stdout.reconfigure(encoding='utf-8')\nprint(" << expression << ", end='')\n";
  const std::string command =
      "cd '" + fixture.folder.path().string() + "' && /usr/bin/python3 -B read.py >read.out 2>&1";
  CHECK(std::system(command.c_str()) == 0);
  return content(fixture.folder / "read.out");
}

}  // namespace

TEST_CASE("An export's file is the one of its manifest, byte for byte") {
  JournalFixture fixture;
  store(fixture);
  const Ended ended = program(fixture, "export --rows notices -o rows.csv");
  CHECK(ended.code == 0);
  CHECK(ended.err.empty());
  const std::string file = content(fixture.folder / "rows.csv");
  CHECK_THAT(ended.out, Catch::StartsWith("wrote 3 rows (" + std::to_string(file.size()) +
                                          " bytes) to rows.csv, SHA-256 " + sha256(file).hex() + "\n") &&
                            Catch::Contains("every notice from 1 to 3 is in it"));
  CHECK_THAT(file, Catch::StartsWith(notice_header));
  const Json manifest = manifest_of(fixture, "rows.csv");
  CHECK(*manifest.find("sha256") == Json(sha256(file).hex()));
  CHECK(*manifest.find("bytes") == Json(static_cast<std::int64_t>(file.size())));
  CHECK(*manifest.find("row_count") == Json(3));
  CHECK(*manifest.find("file") == Json("rows.csv"));
  CHECK(*manifest.find("gap_free") == Json(true));
  CHECK(*manifest.find("up_to_notice") == Json(3));
  CHECK(*manifest.find("up_to_sequence") == Json(4));
  CHECK(*manifest.find("journal_schema") == Json(1));
  CHECK(manifest.find("first_sequence")->is_null());
  CHECK_THAT(*manifest.find("program")->as_string(), Catch::StartsWith("duenotice "));
  CHECK(manifest.find("query")->find("account_id")->is_null());
  std::string names;
  for (const Json& column : *manifest.find("columns")->as_array())
    names += (names.empty() ? "" : ",") + *column.find("name")->as_string();
  CHECK(names + "\r\n" == notice_header);
}

TEST_CASE("Another program reads from the CSV what stands in the journal, and no spreadsheet a formula") {
  JournalFixture fixture;
  store(fixture);
  CHECK(program(fixture, "export --rows notices --unmasked -o rows.csv").code == 0);
  CHECK(read_by_python(fixture, "rows[1]['account_id']") == "'=cmd|' /C calc'!A0");
  CHECK(read_by_python(fixture, "rows[0]['reference']") == "two, \"three\" 😀");
  CHECK(read_by_python(fixture, "rows[0]['address']") == "'+8613800138000");
  CHECK(read_by_python(fixture, "repr(rows[0]['reply'])") == "'250-ok\\r\\n250 \"done\"\\r\\n'");
  CHECK(read_by_python(fixture, "rows[2]['reply']") == "base64:/wA=");
  CHECK(read_by_python(fixture, "len(rows), set(len(row) for row in rows)") == "3 {58}");
  CHECK(program(fixture, "export --rows notices -o rows.csv --force").code == 0);
  CHECK(read_by_python(fixture, "rows[0]['address'], rows[0]['address_masked']") == " '+86*******8000");
}

TEST_CASE("Every line of a JSONL is an object with the texts as they are") {
  JournalFixture fixture;
  store(fixture);
  const Ended ended =
      program(fixture, "export --rows notices --format jsonl --account \"=cmd|' /C calc'!A0\" -o -");
  CHECK(ended.code == 0);
  const auto row = parse_json(ended.out);
  REQUIRE(row.ok());
  CHECK(*row->find("account_id") == Json("=cmd|' /C calc'!A0"));
  CHECK(*row->find("reply") == Json("250-ok\r\n250 \"done\"\r\n"));
  CHECK(*row->find("accepted_at") == Json("2026-03-02T04:00:00.000Z"));
  CHECK(row->find("legal_date")->is_null());
  CHECK(row->as_object()->size() == 58);
  CHECK_THAT(ended.err, Catch::StartsWith("wrote 1 row (") && Catch::Contains(sha256(ended.out).hex()) &&
                            !Catch::Contains("is in it"));
  CHECK(!std::filesystem::exists(fixture.folder / "-.manifest.json"));
}

TEST_CASE("An export of the events has each from the first on, with its exact bytes") {
  JournalFixture fixture;
  store(fixture);
  const Ended ended =
      program(fixture, "export --rows events --format jsonl -o events.jsonl --manifest other.json");
  CHECK(ended.code == 0);
  CHECK_THAT(ended.out, Catch::Contains("every event from 1 to 4 is in it"));
  std::ifstream lines(fixture.folder / "events.jsonl");
  std::int64_t expected = 1;
  for (std::string line; std::getline(lines, line); ++expected) {
    const auto row = parse_json(line);
    REQUIRE(row.ok());
    CHECK(*row->find("sequence") == Json(expected));
    const auto event = parse_json(*row->find("bytes")->as_string());
    REQUIRE(event.ok());
    CHECK(*event->find("sequence") == Json(expected));
    CHECK(*event->find("type") == *row->find("type"));
  }
  CHECK(expected == 5);
  const auto manifest = parse_json(content(fixture.folder / "other.json"));
  REQUIRE(manifest.ok());
  CHECK(*manifest->find("first_sequence") == Json(1));
  CHECK(*manifest->find("last_sequence") == Json(4));
  CHECK(program(fixture, "export --rows events -o -").out.substr(0, 34) ==
        "sequence,at,type,notice_id,bytes\r\n");
}

TEST_CASE("A journal with a hole is exported, and the manifest and the exit code say what is missing") {
  JournalFixture fixture;
  store(fixture);
  fixture.close();
  sqlite::Database(fixture.path(), sqlite::Database::Mode::read_write, 1'000)
      .run("DROP TRIGGER events_are_never_removed; DELETE FROM events WHERE sequence = 3");
  const Ended ended = program(fixture, "export --rows events -o events.csv");
  CHECK(ended.code == 1);
  CHECK_THAT(
      ended.err,
      Catch::StartsWith("duenotice: the record has gaps: of the events from 1 to 4 these are missing: 3;"));
  const Json manifest = manifest_of(fixture, "events.csv");
  CHECK(*manifest.find("gap_free") == Json(false));
  CHECK(canonical_json(*manifest.find("missing")) == "[[3,3]]");
  CHECK(*manifest.find("row_count") == Json(3));
}

TEST_CASE("A file that is there is not overwritten, and a mistake leaves none") {
  JournalFixture fixture;
  store(fixture);
  CHECK(program(fixture, "export --rows events -o rows.csv").code == 0);
  const std::string before = content(fixture.folder / "rows.csv");
  const Ended again = program(fixture, "export --rows notices -o rows.csv");
  CHECK(again.code == 1);
  CHECK_THAT(again.err, Catch::Contains("exists already; choose another name, or overwrite it with --force"));
  CHECK(content(fixture.folder / "rows.csv") == before);
  CHECK(program(fixture, "export --rows notices -o rows.csv --force").code == 0);
  CHECK(content(fixture.folder / "rows.csv") != before);
  CHECK(program(fixture, "export --rows notices -o none/rows.csv").code == 3);
  for (const char* words :
       {"export -o x", "export --rows bills -o x", "export --rows notices",
        "export --rows notices --format xml -o x", "export --rows notices --from x -o x"}) {
    INFO(words);
    CHECK(program(fixture, words).code == 2);
  }
  CHECK(!std::filesystem::exists(fixture.folder / "x"));
  CHECK(!std::filesystem::exists(fixture.folder / "x.part"));
}

TEST_CASE("The columns of an export are told with what they mean") {
  JournalFixture fixture;
  store(fixture);
  const Ended columns = program(fixture, "export --rows notices --columns");
  CHECK(columns.code == 0);
  CHECK_THAT(columns.out, Catch::Contains("legal_date") && Catch::Contains("content_sha256"));
  CHECK_THAT(program(fixture, "--lang zh export --rows events --columns").out, Catch::Contains("含义"));
}

TEST_CASE("Output that cannot be written ends an export with an error and no file") {
  JournalFixture fixture;
  store(fixture);
  const std::string command = "cd '" + fixture.folder.path().string() +
                              "' && DUENOTICE_JOURNAL_URL=sqlite:journal.db " + DUENOTICE_PROGRAM +
                              " export --rows events -o - >/dev/full 2>err";
  CHECK(WEXITSTATUS(std::system(command.c_str())) == 74);
  CHECK_THAT(content(fixture.folder / "err"), Catch::Contains("could not be written completely"));
}
