#include <catch2/catch.hpp>

#include "gateway/evidence/bundle_check.hpp"
#include "gateway/evidence/note_signature.hpp"
#include "gateway/evidence/time_stamp_client.hpp"
#include "tests/support/small_bundle.hpp"
#include "tests/support/test_clock.hpp"
#include "tests/support/time_stamp_authority.hpp"

using namespace duenotice;
using namespace duenotice::evidence;
using namespace std::chrono_literals;
using duenotice::test::SmallBundle;

namespace {

const SystemClock system_clock;
SystemRandom system_random;

/// A bundle whose log was sealed, stamped by a TSA and cosigned by a witness, and who believes all of them.
struct ConfirmedBundle : SmallBundle {
  test::TimeStampAuthority authority;
  SigningKey witness = SigningKey::of_seed("w.example", NoteKeyKind::cosigner, {5});
  TrustFile trusted = *TrustFile::parse("log " + to_vkey(key.verifier()) + "\nsigner " +
                                        to_vkey(role_key(key, bundle_role).verifier()) + "\nwitness w " +
                                        to_vkey(witness.verifier()) + "\nquorum w\n");

  ConfirmedBundle() {
    trusted.roots = authority.roots();
    files["log/sealed"] = checkpoint;
    TimeStampClient tsa(authority.server("good"), system_clock, system_random);
    files["time/sealed-1.token"] = tsa.stamp(checkpoint).value().token;
    const std::string text = parse_note(checkpoint)->text;
    cosignature = to_text(SignedNote{"\n", {cosign(witness, text, std::chrono::sys_seconds(1s))}}).substr(2);
    put_log();
  }

  /// The check of this name, or one that failed; its maker has signed the bundle as it is now.
  Check check(std::string_view name) const {
    for (const auto& check : check_bundle(archive(), trusted).checks) {
      if (check.name == name || check.state == CheckState::fail) return check;
    }
    FAIL("there is no such check");
    return {};
  }
};

void flip(std::string& bytes, std::size_t bit) {
  bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
}

}  // namespace

TEST_CASE("Every flip of a bit of a time stamp or a cosignature is found") {
  const ConfirmedBundle bundle;
  const std::string archive = bundle.archive();
  CHECK(check_bundle(archive, bundle.trusted).good());
  std::vector<std::size_t> unseen;
  for (const std::string& part : {bundle.files.at("time/sealed-1.token"), bundle.cosignature}) {
    const std::size_t start = archive.find(part);
    REQUIRE(start != std::string::npos);
    for (std::size_t bit = 8 * start; bit < 8 * (start + part.size()); ++bit) {
      std::string flipped = archive;
      flip(flipped, bit);
      if (check_bundle(flipped, bundle.trusted).good()) unseen.push_back(bit);
    }
  }
  CHECK(unseen == std::vector<std::size_t>());
}

TEST_CASE("Who signs a bundle anew cannot change what a time stamp or a cosignature says") {
  ConfirmedBundle bundle;
  std::vector<std::size_t> unseen;
  SECTION("of a token: what its signature does not cover says nothing else") {
    REQUIRE(bundle.check("time_stamp").state == CheckState::pass);
    const std::string sealed = bundle.files["log/sealed"];
    std::string& token = bundle.files["time/sealed-1.token"];
    const auto right = verify_time_stamp(token, sealed, *bundle.trusted.roots);
    std::size_t found = 0;
    for (std::size_t bit = 0; bit < 8 * token.size(); ++bit) {
      flip(token, bit);
      const auto now = verify_time_stamp(token, sealed, *bundle.trusted.roots);
      if (!now)
        ++found;
      else if (now->gen_time != right->gen_time || now->tsa != right->tsa || now->policy != right->policy)
        unseen.push_back(bit);
      flip(token, bit);
    }
    CHECK(found > 8 * token.size() * 98 / 100);
  }
  SECTION("of a cosignature") {
    REQUIRE(bundle.check("quorum").state == CheckState::pass);
    for (std::size_t bit = 0; bit < 8 * bundle.cosignature.size(); ++bit) {
      flip(bundle.cosignature, bit);
      bundle.put_log();
      if (bundle.check("quorum").state == CheckState::pass) unseen.push_back(bit);
      flip(bundle.cosignature, bit);
    }
  }
  CHECK(unseen == std::vector<std::size_t>());
}
