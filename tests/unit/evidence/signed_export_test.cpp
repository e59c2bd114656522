#include "gateway/evidence/signed_export.hpp"

#include <catch2/catch.hpp>

#include "gateway/base/random.hpp"
#include "gateway/evidence/role_key.hpp"

using namespace duenotice;
using namespace duenotice::evidence;
using Catch::Contains;

namespace {

struct Exported {
  SystemRandom random;
  SigningKey key = SigningKey::make("example.com/log", NoteKeyKind::note, random);
  std::string bytes = "a,b\r\n1,2\r\n";
  Json manifest = Json::Object{{"bytes", static_cast<std::int64_t>(bytes.size())},
                               {"checkpoint", sign_checkpoint({"example.com/log", 7, {}, ""}, key)},
                               {"origin", "example.com/log"},
                               {"row_count", 1},
                               {"rows", "events"},
                               {"sha256", sha256(bytes).hex()},
                               {"up_to_sequence", 7}};

  std::string note() const { return *sign_export(manifest, key); }
  ExportedBytes file() const { return {static_cast<std::int64_t>(bytes.size()), sha256(bytes)}; }
  std::string trust_text() const {
    return "log " + to_vkey(key.verifier()) + "\nsigner " + to_vkey(role_key(key, export_role).verifier()) +
           "\nquorum none\n";
  }
  TrustFile trust() const { return *TrustFile::parse(trust_text()); }
};

/// The names of the checks that failed.
std::vector<std::string> failed(const CheckReport& report) {
  std::vector<std::string> names;
  for (const Check& check : report.checks) {
    if (check.state == CheckState::fail) names.push_back(check.name);
  }
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("A signed export is checked with the keys of the trust file alone") {
  const Exported exported;
  const CheckReport report = check_export(exported.note(), exported.file(), exported.trust());
  CHECK(failed(report) == Names{});
  CHECK(report.checks.size() == 5);
  CHECK(exported.note() == exported.note());
}

TEST_CASE("Another file, another length, another key and another log are found") {
  Exported exported;
  const std::string note = exported.note();
  CHECK(failed(check_export(note, {10, sha256("x")}, exported.trust())) == Names{"file"});
  CHECK(failed(check_export(note, {9, exported.file().digest}, exported.trust())) == Names{"file"});
  const Exported other;
  CHECK(failed(check_export(note, exported.file(), other.trust())) ==
        Names{"manifest_signature", "checkpoint"});
  exported.manifest["up_to_sequence"] = 8;
  CHECK(failed(check_export(exported.note(), exported.file(), exported.trust())) == Names{"checkpoint"});
  exported.manifest["checkpoint"] = "";
  CHECK(failed(check_export(exported.note(), exported.file(), exported.trust())) == Names{"checkpoint"});
}

TEST_CASE("Without the signer in the trust file nothing is believed") {
  const Exported exported;
  const auto trust = TrustFile::parse("log " + to_vkey(exported.key.verifier()) + "\nquorum none\n");
  CHECK(failed(check_export(exported.note(), exported.file(), *trust)) == Names{"manifest_signature"});
}

TEST_CASE("Every bit of a signed manifest matters") {
  const Exported exported;
  const std::string note = exported.note();
  for (std::size_t bit = 0; bit < 8 * note.size(); ++bit) {
    std::string flipped = note;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
    INFO(bit);
    CHECK_FALSE(check_export(flipped, exported.file(), exported.trust()).good());
  }
}

TEST_CASE("The keys of roles follow from the log's, and none is another's") {
  const Exported exported;
  const VerifierKey log = exported.key.verifier();
  const VerifierKey one = role_key(exported.key, export_role).verifier();
  const VerifierKey other = role_key(exported.key, bundle_role).verifier();
  CHECK(one.name == "example.com/log/export");
  CHECK(one == role_key(exported.key, export_role).verifier());
  CHECK(one.bytes != other.bytes);
  CHECK(one.bytes != log.bytes);
}

TEST_CASE("A trust file names the line that is wrong") {
  const Exported exported;
  const auto message = [](const std::string& text) { return TrustFile::parse(text).error().message; };
  CHECK_THAT(message("quorum none\n\nsigner x\n"), Contains("line 3"));
  const std::string witness = to_vkey(SigningKey::of_seed("w", NoteKeyKind::cosigner, {}).verifier());
  CHECK_THAT(message("signer " + witness + "\nquorum none\n"), Contains("line 1"));
  CHECK_THAT(message("-----BEGIN CERTIFICATE-----\nAAAA\n"), Contains("no end"));
  CHECK_FALSE(TrustFile::parse(exported.trust_text() +
                               "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
                  .ok());
  CHECK_THAT(message(exported.trust_text() + "nonsense\n"), Contains("4"));
}
