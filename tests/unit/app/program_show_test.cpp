#include <catch2/catch.hpp>

#include "gateway/base/json.hpp"
#include "gateway/base/sqlite.hpp"
#include "tests/support/journal_fixture.hpp"
#include "tests/unit/app/program.hpp"

using namespace duenotice;
using duenotice::test::content;
using duenotice::test::Ended;
using duenotice::test::JournalFixture;

namespace {

/// A notice whose second revision was sent, of bytes that no text tool leaves as they are.
const std::string sent_bytes("From: a\r\n\r\n\0\xff\n no end of line", 29);

std::string store(JournalFixture& fixture) {
  const Notice notice = test::sample_notice(1);
  fixture.commit([&](Transaction& tx) {
    const NoticeNumber number = test::accept_sample(tx, notice);
    Rendering sent = test::sample_rendering(number, Channel::email, 2);
    sent.content = sent_bytes;
    sent.digest = sha256(sent_bytes);
    tx.insert_rendering(sent);
    tx.insert_rendering(test::sample_rendering(number, Channel::email, 3));
    Attempt attempt = test::sample_attempt(tx, number);
    attempt.revision = 2;
    attempt.ended_at = attempt.started_at;
    attempt.outcome = Outcome::sent;
    tx.insert_attempt(attempt);
  });
  test::write_configuration(fixture.folder);
  return notice.id;
}

Ended show(const JournalFixture& fixture, const std::string& words) {
  return test::run(fixture.folder, "show " + words, "", "DUENOTICE_JOURNAL_URL=sqlite:journal.db");
}

}  // namespace

TEST_CASE("show --raw writes the bytes that were sent and nothing else") {
  JournalFixture fixture;
  const std::string id = store(fixture);
  const Ended raw = show(fixture, "--raw email " + id);
  CHECK(raw.code == 0);
  CHECK(raw.out == sent_bytes);
  CHECK(raw.err == "sha256 " + sha256(sent_bytes).hex() +
                       "\nrevision 2 of 3, sent by attempt 1 at 2026-03-02T04:00:01.000Z\n");
  const std::string command =
      "cd '" + fixture.folder.path().string() + "' && sha256sum out | cut -d ' ' -f 1 >digest";
  REQUIRE(std::system(command.c_str()) == 0);
  CHECK(content(fixture.folder / "digest") == sha256(sent_bytes).hex() + "\n");
  const auto json = parse_json(show(fixture, id + " --json").out);
  REQUIRE(json.ok());
  const Json& second = (*json->find("renderings")->as_array())[1];
  CHECK(*second.find("sha256") == Json(sha256(sent_bytes).hex()));
  CHECK(*second.find("sent_by_attempts") == Json(Json::Array{Json(1)}));
  CHECK(show(fixture, "--raw email --revision 3 " + id).out.size() == 5'000);
  CHECK_THAT(show(fixture, "--raw email --revision 3 " + id).err,
             Catch::EndsWith("revision 3 of 3, not known to have been sent\n"));
  CHECK_THAT(show(fixture, "--lang zh --raw email " + id).err, Catch::Contains("第 2 版（共 3 版）"));
}

TEST_CASE("show --digest gives what sha256sum --check reads") {
  JournalFixture fixture;
  const std::string id = store(fixture);
  CHECK(show(fixture, "--raw email --digest " + id).out == sha256(sent_bytes).hex() + "  -\n");
  CHECK(show(fixture, "--digest " + id).code == 2);
  CHECK(show(fixture, "--raw email " + id).out == sent_bytes);
  const std::string command = "cd '" + fixture.folder.path().string() +
                              "' && cp out sent && DUENOTICE_JOURNAL_URL=sqlite:journal.db " +
                              DUENOTICE_PROGRAM + " show --raw email --digest " + id +
                              " >digest 2>err && sha256sum --check digest <sent >verdict";
  CHECK(std::system(command.c_str()) == 0);
  CHECK(content(fixture.folder / "verdict") == "-: OK\n");
}

TEST_CASE("show --raw says what there is where it cannot give what was asked") {
  JournalFixture fixture;
  const std::string id = store(fixture);
  const Ended channel = show(fixture, "--raw sms " + id);
  CHECK(channel.code == 3);
  CHECK(channel.out.empty());
  CHECK_THAT(channel.err, Catch::Contains("no message for sms; it has one for email"));
  const Ended revision = show(fixture, "--raw email --revision 9 " + id);
  CHECK(revision.code == 3);
  CHECK_THAT(revision.err, Catch::Contains("there are revisions 1, 2, 3"));
  const Ended word = show(fixture, "--raw fax " + id);
  CHECK(word.code == 2);
  CHECK_THAT(word.err, Catch::Contains("--raw must be email, in_site or sms"));
}

TEST_CASE("Bytes that are not those of the recorded digest are not given out") {
  JournalFixture fixture;
  const std::string id = store(fixture);
  fixture.close();
  test::SealingDatabase(fixture.path())
      ->run(
          "UPDATE rendering_contents SET bytes = sealed((SELECT subject FROM notices), 'content', x'00') "
          "WHERE content = 2");
  const Ended raw = show(fixture, "--raw email " + id);
  CHECK(raw.code == 74);
  CHECK(raw.out.empty());
  CHECK_THAT(raw.err, Catch::Contains("the journal is damaged") &&
                          Catch::Contains("recorded is " + sha256(sent_bytes).hex()));
}
