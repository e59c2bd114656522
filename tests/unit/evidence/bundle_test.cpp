#include <catch2/catch.hpp>

#include "gateway/evidence/bundle_check.hpp"
#include "gateway/evidence/erds_evidence.hpp"
#include "tests/support/small_bundle.hpp"

using namespace duenotice;
using duenotice::test::SmallBundle;
using evidence::check_bundle;
using evidence::CheckState;
using evidence::TrustFile;

namespace {

using Names = std::vector<std::string>;

Names named(const evidence::CheckReport& report, CheckState state) {
  Names names;
  for (const auto& check : report.checks) {
    if (check.state == state) names.push_back(check.name);
  }
  return names;
}

Names failed(const SmallBundle& bundle) {
  return named(check_bundle(bundle.archive(), *TrustFile::parse(bundle.trust())), CheckState::fail);
}

}  // namespace

TEST_CASE("A bundle is checked with the keys of the trust file alone") {
  const SmallBundle bundle;
  const auto report = check_bundle(bundle.archive(), *TrustFile::parse(bundle.trust()));
  CHECK(named(report, CheckState::fail) == Names{});
  CHECK(named(report, CheckState::pass) == Names{"manifest", "manifest_signature", "layout", "checkpoint",
                                                 "events", "openings", "messages", "legal_date",
                                                 "manifest_facts", "agreement"});
  CHECK(named(report, CheckState::not_checked) ==
        Names{"quorum", "manifest_words", "export", "status", "seal", "not_before"});
  CHECK(bundle.archive() == SmallBundle().archive());
}

TEST_CASE("Every flip of every bit of a bundle is found") {
  const SmallBundle bundle;
  const std::string archive = bundle.archive();
  const TrustFile trust = *TrustFile::parse(bundle.trust());
  std::size_t unseen = 0;
  for (std::size_t bit = 0; bit < 8 * archive.size(); ++bit) {
    std::string flipped = archive;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
    if (check_bundle(flipped, trust).good()) ++unseen;
  }
  CHECK(unseen == 0);
  for (const std::string& other : {archive + '\0', archive.substr(1), archive.substr(0, archive.size() - 1),
                                   archive + archive, std::string()})
    CHECK_FALSE(check_bundle(other, trust).good());
}

TEST_CASE("Whoever packs the files anew cannot change one, add one or leave one out") {
  const SmallBundle bundle;
  const TrustFile trust = *TrustFile::parse(bundle.trust());
  const evidence::NamedFiles files = *evidence::read_zip(bundle.archive());
  std::size_t unseen = 0;
  for (const auto& [name, content] : files) {
    evidence::NamedFiles changed = files;
    for (std::size_t bit = 0; bit < 8 * content.size(); ++bit) {
      std::string& other = changed[name] = content;
      other[bit / 8] = static_cast<char>(other[bit / 8] ^ (1 << bit % 8));
      if (check_bundle(evidence::write_zip(changed), trust).good()) ++unseen;
    }
    changed.erase(name);
    if (check_bundle(evidence::write_zip(changed), trust).good()) ++unseen;
  }
  evidence::NamedFiles more = files;
  more["notice/another.txt"] = "";
  if (check_bundle(evidence::write_zip(more), trust).good()) ++unseen;
  CHECK(unseen == 0);
}

TEST_CASE("What its maker signed and what the log has are two things") {
  SmallBundle bundle;
  SECTION("another message") {
    bundle.files["notice/email-1.eml"] = "another message";
    CHECK(failed(bundle) == Names{"messages"});
  }
  SECTION("another opening") {
    bundle.files["openings/0-email.content.m"] = evidence::commitment_message("email.content", "another");
    CHECK(failed(bundle) == Names{"openings", "messages"});
  }
  SECTION("a message that another field was opened to") {
    const std::string forged = "another message";
    Json accepted = *parse_json(bundle.first);
    accepted["evidence"] =
        Json::Object{{"c", evidence::commitment_text(evidence::commit(bundle.opening, "evidence", forged))}};
    bundle.first = canonical_json(accepted);
    bundle.put_log();
    bundle.files["openings/0-evidence.r"] = bundle.files["openings/0-email.content.r"];
    bundle.files["openings/0-evidence.m"] = evidence::commitment_message("evidence", forged);
    CHECK(failed(bundle) == Names{});
    bundle.files["notice/email-1.eml"] = forged;
    CHECK(failed(bundle) == Names{"messages"});
  }
  SECTION("an opening of nothing") {
    bundle.files["openings/1-reply.r"] = bundle.files["openings/0-email.content.r"];
    bundle.files["openings/1-reply.m"] = evidence::commitment_message("reply", "250");
    CHECK(failed(bundle) == Names{"openings"});
  }
  SECTION("another date in the manifest") {
    bundle.facts["legal_date"] = "2026-06-30";
    CHECK(failed(bundle) == Names{"legal_date"});
  }
  SECTION("a date that is left out") {
    bundle.facts["legal_date"] = Json();
    CHECK(failed(bundle) == Names{"legal_date"});
  }
  SECTION("an event that was changed") {
    bundle.files["events/1.leaf"].replace(bundle.second.find("07-01"), 5, "06-30");
    CHECK(failed(bundle) == Names{"events"});
  }
  SECTION("an event that was left out") {
    bundle.files.erase("events/0.leaf");
    CHECK(failed(bundle) == Names{"layout", "events"});
    bundle.files.erase("events/0.tlog-proof");
    CHECK(failed(bundle) == Names{"events"});
  }
  SECTION("no event at all") {
    for (const char* name : {"events/0.leaf", "events/0.tlog-proof", "events/1.leaf", "events/1.tlog-proof"})
      bundle.files.erase(name);
    CHECK(failed(bundle) == Names{"events"});
  }
  SECTION("an event of another notice") {
    bundle.facts["notice"] = "M";
    CHECK(failed(bundle) == Names{"events"});
  }
  SECTION("a second event that accepts it") {
    bundle.second.replace(bundle.second.find("deemed_delivered"), 16, "accepted");
    bundle.put_log();
    CHECK(failed(bundle) == Names{"events"});
  }
  SECTION("a second legal date") {
    bundle.first.replace(bundle.first.find("\"accepted\""), 10, "\"deemed_delivered\"");
    bundle.put_log();
    CHECK(failed(bundle) == Names{"events"});
  }
  SECTION("another agreement") {
    bundle.files["agreement/agreement.toml"] += "x";
    CHECK(failed(bundle) == Names{"agreement"});
  }
  SECTION("a seal of another checkpoint") {
    bundle.files["log/sealed"] = evidence::sign_checkpoint({"example.com/log", 1, {}, ""}, bundle.key);
    CHECK(failed(bundle) == Names{"seal"});
  }
  SECTION("a seal from before that the log does not begin with") {
    bundle.files["log/before"] = evidence::sign_checkpoint({"example.com/log", 1, {}, ""}, bundle.key);
    bundle.files["log/consistency"] = "old 1\n\n" + bundle.checkpoint;
    CHECK(failed(bundle) == Names{"not_before"});
  }
}

TEST_CASE("What depends on events that are not proved is not checked") {
  SmallBundle bundle;
  bundle.files["events/0.leaf"] += " ";
  const auto report = check_bundle(bundle.archive(), *TrustFile::parse(bundle.trust()));
  CHECK(named(report, CheckState::fail) == Names{"events"});
  CHECK(named(report, CheckState::not_checked) == Names{"quorum", "openings", "messages", "legal_date",
                                                        "manifest_facts", "manifest_words", "agreement",
                                                        "export", "status", "seal", "not_before"});
}

TEST_CASE("Whatever stands in a bundle beside its events is held against them") {
  SmallBundle bundle;
  SECTION("members of the manifest") {
    const std::pair<const char*, Json> wrong[] = {
        {"tree_size", 3},
        {"time_zone", "Europe/Berlin"},
        {"state", "failed"},
        {"sandbox", true},
        {"sandbox", Json()},
        {"agreement", Json()},
        {"missing", "none"},
        {"another", 1},
        {"agreement", Json::Object{{"id", "terms"}, {"version", "2"}, {"sha256", ""}}}};
    for (const auto& [member, value] : wrong) {
      SmallBundle changed;
      changed.facts[member] = value;
      INFO(member);
      CHECK(failed(changed) == Names{"manifest_facts"});
    }
  }
  SECTION("files without a place") {
    for (const char* name :
         {"note.txt", "events/7.tlog-proof", "events/0.txt", "log/before", "log/other", "time/sealed-1.token",
          "openings/0-email.content.txt", "openings/0-account.r", "export/other.json"}) {
      SmallBundle changed;
      changed.files[name] = "";
      INFO(name);
      CHECK(failed(changed).front() == "layout");
    }
  }
  SECTION("STATUS.txt") {
    const std::string right =
        "通知 / Notice: N\n状态 / State: x\n法定送达日 / Legal date: 2026-07-01 (Asia/Shanghai)\n\nmore\n";
    bundle.files["STATUS.txt"] = right;
    CHECK(failed(bundle) == Names{});
    for (const char* part : {"N\n", "07", "Asia", "\n\n"}) {
      std::string& other = bundle.files["STATUS.txt"] = right;
      other.replace(right.find(part), 1, "?");
      CHECK(failed(bundle) == Names{"status"});
    }
  }
  SECTION("the export") {
    evidence::NoticeLeaves leaves;
    leaves.add(0, *parse_json(bundle.first));
    leaves.add(1, *parse_json(bundle.second));
    const std::string right = canonical_json(erds_evidence(leaves, bundle.files, "example.com/log"));
    bundle.files["export/erds-evidence.json"] = right;
    CHECK(failed(bundle) == Names{});
    bundle.files["export/erds-evidence.json"].replace(right.find("SubmissionAcc"), 1, "s");
    CHECK(failed(bundle) == Names{"export"});
  }
  SECTION("texts of a release") {
    bundle.files["verify.sh"] = "exit 0\n";
    const auto texts = [&](const evidence::NamedFiles& release) {
      const auto report = check_bundle(bundle.archive(), *TrustFile::parse(bundle.trust()), release);
      for (const auto& check : report.checks) {
        if (check.name == "texts") return check.state;
      }
      return CheckState::fail;
    };
    CHECK(texts({{"verify.sh", "exit 0\n"}}) == CheckState::pass);
    CHECK(texts({{"verify.sh", "exit 1\n"}}) == CheckState::not_checked);
  }
  SECTION("the revision in a message's name") {
    bundle.files["notice/email-2.eml"] = bundle.message;
    CHECK(failed(bundle) == Names{"messages"});
  }
}

TEST_CASE("An export names the revision of the attempt, not every one") {
  evidence::NoticeLeaves leaves;
  const auto event = [&](std::uint64_t index, const char* type, Json more) {
    more["type"] = type;
    more["notice"] = "N";
    leaves.add(index, more);
  };
  event(0, "accepted", Json::Object{{"agreement", "terms"}});
  event(3, "attempt_started", Json::Object{{"channel", "email"}, {"attempt", 1}, {"revision", 2}});
  event(4, "sent", Json::Object{{"channel", "email"}, {"attempt", 1}});
  const Json made =
      evidence::erds_evidence(leaves, {{"notice/email-1.eml", "a"}, {"notice/email-2.eml", "b"}}, "o");
  const std::string text = canonical_json(made);
  const std::size_t sent = text.find("RelayToNonERDS");
  REQUIRE(sent != std::string::npos);
  const auto parts = [](const std::string& part) {
    return std::pair(part.find("email-1") != std::string::npos, part.find("email-2") != std::string::npos);
  };
  CHECK(parts(text.substr(0, sent)) == std::pair(true, false));
  CHECK(parts(text.substr(sent)) == std::pair(false, true));
}

TEST_CASE("Keys come from the trust file, never from the bundle") {
  const SmallBundle bundle;
  SmallBundle other;
  other.key = evidence::SigningKey::of_seed("example.com/log", evidence::NoteKeyKind::note, {8});
  const auto report = check_bundle(bundle.archive(), *TrustFile::parse(other.trust()));
  CHECK(named(report, CheckState::fail) == Names{"manifest_signature", "checkpoint"});
}

TEST_CASE("A notice without a legal date, and one of the sandbox, are said to be that") {
  SmallBundle bundle;
  const auto sentence = [&] {
    const auto report = check_bundle(bundle.archive(), *TrustFile::parse(bundle.trust()));
    CHECK(report.good());
    for (const auto& check : report.checks) {
      if (check.name == "legal_date") return check.sentence;
    }
    return std::string();
  };
  SECTION("undated") {
    bundle.second.replace(bundle.second.find("deemed_delivered"), 16, "notice_failed");
    bundle.facts["legal_date"] = Json();
    bundle.facts["state"] = "failed";
    bundle.put_log();
    CHECK_THAT(sentence(), Catch::Contains("no legal date"));
  }
  SECTION("sandbox") {
    bundle.second.replace(bundle.second.find("\"sequence\""), 0, "\"sandbox\":true,");
    bundle.put_log();
    CHECK(failed(bundle) == Names{"legal_date"});
    bundle.facts["sandbox"] = true;
    CHECK_THAT(sentence(), Catch::StartsWith("SANDBOX"));
  }
}

TEST_CASE("An archive has one spelling") {
  const evidence::NamedFiles files = {{"a", ""}, {"b/c-1.txt", std::string(300, 'x')}};
  const std::string archive = evidence::write_zip(files);
  CHECK(*evidence::read_zip(archive) == files);
  for (std::size_t length = 0; length < archive.size(); ++length)
    CHECK_FALSE(evidence::read_zip(std::string_view(archive).substr(0, length)).ok());
  for (const char* name : {"", "/a", "a/", "a//b", ".a", "a/../b", "a b", "a\\b", "\xc3\xa4"})
    CHECK_FALSE(evidence::is_archive_name(name));
}
