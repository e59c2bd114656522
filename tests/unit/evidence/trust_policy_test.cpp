#include "gateway/evidence/trust_policy.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "gateway/evidence/merkle_hasher.hpp"

using namespace duenotice;
using namespace duenotice::evidence;

namespace {

const std::chrono::sys_seconds noon{std::chrono::seconds(1'800'000'000)};

struct Parties {
  SystemRandom random;
  SigningKey log = SigningKey::make("example.com/log", NoteKeyKind::note, random);
  std::map<std::string, SigningKey> witnesses;
  std::string policy = "# whom we believe\n\nlog " + to_vkey(log.verifier()) + " https://log.example\n";

  Parties() {
    for (const char* name : {"X1", "X2", "X3", "Y1", "Y2"}) {
      const auto key = witnesses.emplace(
          name, SigningKey::make(std::string(name) + ".example", NoteKeyKind::cosigner, random));
      policy += " witness\t" + std::string(name) + "  " + to_vkey(key.first->second.verifier()) + "\n";
    }
  }

  /// What the policy with these last lines says of a checkpoint that these witnesses cosigned.
  Result<PolicyVerdict> verdict(const std::string& lines, const std::vector<std::string>& names) {
    const auto parsed = TrustPolicy::parse(policy + lines);
    REQUIRE(parsed);
    const std::string text = to_text(Checkpoint{"example.com/log", 5, empty_root(), ""});
    SignedNote note{text, {sign(log, text)}};
    for (const std::string& name : names) note.signatures.push_back(cosign(witnesses.at(name), text, noon));
    return parsed->judge(to_text(note));
  }
};

}  // namespace

TEST_CASE("a policy counts witnesses by its groups") {
  Parties parties;
  const std::string lines = "group X 2 X1 X2 X3\ngroup Y any Y1 Y2\ngroup both all X Y\nquorum both\n";
  CHECK(parties.verdict(lines, {"X1", "X3", "Y2"})->quorum);
  CHECK_FALSE(parties.verdict(lines, {"X1", "X2", "X3"})->quorum);
  CHECK_FALSE(parties.verdict(lines, {"X1", "Y1", "Y2"})->quorum);
  CHECK_FALSE(parties.verdict(lines, {"X1", "X1", "Y1"})->quorum);
  CHECK_FALSE(parties.verdict(lines, {})->quorum);
  const auto verdict = parties.verdict(lines, {"Y2", "X3"});
  REQUIRE(verdict);
  REQUIRE(verdict->witnesses.size() == 2);
  CHECK(verdict->witnesses[0].name == "X3");
  CHECK(verdict->witnesses[1].at == noon);
  CHECK(verdict->log == parties.log.verifier());
  CHECK(verdict->checkpoint.size == 5);
}

TEST_CASE("a quorum may be one witness or none") {
  Parties parties;
  CHECK(parties.verdict("quorum none\n", {})->quorum);
  CHECK(parties.verdict("quorum Y1\n", {"Y1"})->quorum);
  CHECK_FALSE(parties.verdict("quorum Y1\n", {"Y2"})->quorum);
}

TEST_CASE("a checkpoint without a known log's signature has no verdict") {
  Parties parties;
  const auto policy = TrustPolicy::parse(parties.policy + "quorum none\n");
  REQUIRE(policy);
  CHECK(policy->logs()[0].url == "https://log.example");
  CHECK(policy->witnesses().size() == 5);
  const SigningKey stranger = SigningKey::make("example.com/log", NoteKeyKind::note, parties.random);
  CHECK_FALSE(policy->judge(sign_checkpoint({"example.com/log", 5, empty_root(), ""}, stranger)));
  const std::string foreign = to_text(Checkpoint{"example.com/other", 5, empty_root(), ""});
  CHECK_FALSE(policy->judge(to_text(SignedNote{foreign, {sign(parties.log, foreign)}})));
  CHECK_FALSE(policy->judge("nothing"));
  std::string forged = sign_checkpoint({"example.com/log", 5, empty_root(), ""}, parties.log);
  forged.replace(forged.find("\n5\n"), 3, "\n6\n");
  CHECK(policy->judge(forged).error().message.find("wrong") != std::string::npos);
}

TEST_CASE("a policy that says something else is refused with its line") {
  Parties parties;
  const std::string x1 = to_vkey(parties.witnesses.at("X1").verifier());
  const std::string log = to_vkey(parties.log.verifier());
  for (const std::string& wrong : std::vector<std::string>{"quorum\n",
                                                           "quorum Z\n",
                                                           "quorum none none\n",
                                                           "quorum none\nquorum none\n",
                                                           "quorum none",
                                                           "group G 0 X1\n",
                                                           "group G 3 X1 X2\n",
                                                           "group G 01 X1\n",
                                                           "group G most X1\n",
                                                           "group G any\n",
                                                           "group G any none\n",
                                                           "group G any G\n",
                                                           "group none any X1\n",
                                                           "group X1 any X2\n",
                                                           "group G all X1 X1\n",
                                                           "group G any X1\ngroup H any X1\n",
                                                           "witness W " + x1 + "\n",
                                                           "witness W " + log + "\n",
                                                           "witness W\n",
                                                           "log " + log + "\n",
                                                           "log " + x1 + "\n",
                                                           "log\n",
                                                           "trust me\n",
                                                           "quorum none\r\n",
                                                           std::string("quorum none\0\n", 13)}) {
    CAPTURE(wrong);
    const auto parsed = TrustPolicy::parse(parties.policy + wrong);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().message.starts_with("line "));
  }
  CHECK(TrustPolicy::parse(parties.policy).error().message.find("quorum") != std::string::npos);
  CHECK(TrustPolicy::parse(" quorum  none \n"));
}
