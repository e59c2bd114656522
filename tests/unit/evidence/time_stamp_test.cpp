#include "gateway/evidence/time_stamp.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>

#include "gateway/base/file_system.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/evidence/http_post.hpp"
#include "tests/support/test_clock.hpp"
#include "tests/support/time_stamp_authority.hpp"

using namespace duenotice;
using namespace duenotice::evidence;
using namespace std::chrono_literals;

namespace {

const std::string data = "example.com/log\n5\nroot\n\nsignature\n";

std::string ask(const test::TimeStampAuthority& authority, const std::string& way,
                const TimeStampRequest& request) {
  HttpPost post{authority.url(way), "application/timestamp-query", to_der(request), "", 5s, 60s, 2'000'000};
  return http_post(post).value().body;
}

TimeStampRequest request(std::string policy = "") {
  SystemRandom random;
  return make_time_stamp_request(data, std::move(policy), random);
}

bool runs(const std::filesystem::path& folder, const std::string& command) {
  return std::system(("cd " + folder.string() + " && " + command + " > output 2>&1").c_str()) == 0;
}

void check_refused(const Result<TimeStamp>& judged, const std::string& words) {
  REQUIRE_FALSE(judged);
  CHECK(judged.error().kind == ErrorKind::invalid);
  CAPTURE(judged.error().message);
  CHECK(judged.error().message.find(words) != std::string::npos);
}

}  // namespace

TEST_CASE("openssl reads the request") {
  const test::TemporaryFolder folder;
  test::SeededRandom random(7);
  const auto made = make_time_stamp_request(data, "1.3.6.1.4.1.99999.1.2", random);
  CHECK(made.imprint == sha256(data));
  REQUIRE(write_file_durably(folder / "q.tsq", to_der(made)));
  REQUIRE(runs(folder.path(), "openssl ts -query -in q.tsq -text"));
  const std::string text = read_file(folder / "output", 10'000).value();
  CHECK(text.find("Version: 1\nHash Algorithm: sha256\n") != std::string::npos);
  CHECK(text.find("Policy OID: 1.3.6.1.4.1.99999.1.2\n") != std::string::npos);
  CHECK(text.find("Certificate required: yes\n") != std::string::npos);
  CHECK_FALSE(make_time_stamp_request(data, "", random).nonce == made.nonce);
}

TEST_CASE("an object identifier is numbers with dots") {
  CHECK(is_object_identifier("1.3.6.1.4.1.99999.1.2"));
  for (const char* wrong : {"", "1", "3.1.1", "1..2", "1.2.", "timeStamping", "1.2.x", " 1.2", "1.02"}) {
    CAPTURE(wrong);
    CHECK_FALSE(is_object_identifier(wrong));
  }
}

TEST_CASE("a token that was granted is judged, kept, and verified by openssl") {
  const test::TimeStampAuthority authority;
  const auto asked = request("1.3.6.1.4.1.99999.1.2");
  const Instant now = SystemClock().now();
  const auto stamp = judge_time_stamp_reply(ask(authority, "good", asked), asked, authority.roots(), now);
  REQUIRE(stamp);
  CHECK(stamp->tsa == "CN=good.tsa.test");
  CHECK(stamp->policy == "1.3.6.1.4.1.99999.1.2");
  CHECK(stamp->gen_time >= now - 2s);
  CHECK(stamp->gen_time <= SystemClock().now() + 2s);
  CHECK(verify_time_stamp(stamp->token, data, authority.roots()).value() == *stamp);

  const test::TemporaryFolder folder;
  REQUIRE(write_file_durably(folder / "sealed", data));
  REQUIRE(write_file_durably(folder / "sealed.token", stamp->token));
  const std::string verify = "openssl ts -verify -token_in -in sealed.token -data sealed -CAfile " +
                             authority.file("root.pem").string();
  CHECK(runs(folder.path(), verify));
  const auto at = std::chrono::floor<std::chrono::seconds>(stamp->gen_time).time_since_epoch().count();
  CHECK(runs(folder.path(), verify + " -attime " + std::to_string(at)));
  REQUIRE(write_file_durably(folder / "sealed", data + "x"));
  CHECK_FALSE(runs(folder.path(), verify));
}

TEST_CASE("a wrong answer is refused in words") {
  const test::TimeStampAuthority authority;
  const auto judged = [&](const std::string& way, const std::string& policy = "") {
    const auto asked = request(policy);
    return judge_time_stamp_reply(ask(authority, way, asked), asked, authority.roots(), SystemClock().now());
  };
  REQUIRE(judged("good"));
  check_refused(judged("good_strict"),
                "the stamp was refused (rejection): it does not take SHA-256; it says: ");
  check_refused(judged("good", "1.3.6.1.4.1.99999.1.9"), "it does not take this policy");
  check_refused(judged("other_policy", "1.3.6.1.4.1.99999.1.1"),
                "made under the policy 1.3.6.1.4.1.99999.1.2, not under 1.3.6.1.4.1.99999.1.1");
  check_refused(judged("other_nonce"), "its nonce is not the one that was sent");
  check_refused(judged("other_data"), "its imprint is not the SHA-256");
  check_refused(judged("no_certificate"), "it does not hold the one certificate that signed it");
  check_refused(judged("expired"),
                "its certificate (CN=expired.tsa.test) could not be trusted at " +
                    to_text(std::chrono::floor<std::chrono::hours>(SystemClock().now())).substr(0, 10));
  check_refused(judged("expired"), "certificate has expired");
  check_refused(judged("untrusted"), "self-signed certificate in certificate chain");
  check_refused(judged("many_purposes"), "not for time stamping alone");
  check_refused(judged("garbage"), "no RFC 3161 time stamp reply");
  check_refused(judged("trailing"), "no RFC 3161 time stamp reply");
  check_refused(judged("cut"), "no RFC 3161 time stamp reply");
  check_refused(judged("long"), "too long");
  CHECK(judged("second").value().tsa == "CN=second.tsa.test");
}

TEST_CASE("what expires after it has stamped is no fault, but stamps nothing more") {
  const test::TimeStampAuthority authority;
  const auto asked = request();
  const std::string reply = ask(authority, "good", asked);
  const Instant after_the_end = *parse_instant("2101-01-01T00:00:00Z");
  check_refused(judge_time_stamp_reply(reply, asked, authority.roots(), after_the_end),
                "certificate has expired");
  const auto stamp = judge_time_stamp_reply(reply, asked, authority.roots(), SystemClock().now());
  REQUIRE(stamp);
  // The whole check of a stored token knows no other time than its own.
  CHECK(verify_time_stamp(stamp->token, data, authority.roots()));
}

TEST_CASE("a time that is not ours is refused") {
  const test::TimeStampAuthority authority;
  const auto asked = request();
  const std::string reply = ask(authority, "good", asked);
  const Instant now = SystemClock().now();
  const auto judged = [&](Instant at) { return judge_time_stamp_reply(reply, asked, authority.roots(), at); };
  CHECK(judged(now + limits::time_stamp_skew_most - 2s));
  CHECK(judged(now - limits::time_stamp_skew_most + 2s));
  check_refused(judged(now + limits::time_stamp_skew_most + 2s), "one of the two is wrong");
  check_refused(judged(now - limits::time_stamp_skew_most - 60s), "one of the two is wrong");
}

TEST_CASE("a stored token is refused for other data, by other roots, and when any bit of it was changed") {
  const test::TimeStampAuthority authority;
  const auto asked = request();
  const TimeStampRoots roots = authority.roots();
  const auto stamp = judge_time_stamp_reply(ask(authority, "good", asked), asked, roots, SystemClock().now());
  REQUIRE(stamp);
  check_refused(verify_time_stamp(stamp->token, data + "x", roots), "its imprint is not the SHA-256");
  const auto others = TimeStampRoots::read(authority.file("other_root.pem"));
  REQUIRE(others);
  check_refused(verify_time_stamp(stamp->token, data, *others), "could not be trusted at");
  check_refused(verify_time_stamp("", data, roots), "no RFC 3161 time stamp");
  std::size_t passed = 0;
  for (std::size_t i = 0; i < stamp->token.size(); ++i) {
    std::string changed = stamp->token;
    changed[i] = static_cast<char>(changed[i] ^ (1 << (i % 8)));
    const auto verified = verify_time_stamp(changed, data, roots);
    // A few fields of the frame are not signed (RFC 2315: versions, the list of digests) and say nothing.
    if (!verified) continue;
    ++passed;
    UNSCOPED_INFO("byte " << i);
    CHECK(verified->gen_time == stamp->gen_time);
    CHECK(verified->tsa == stamp->tsa);
    CHECK(verified->policy == stamp->policy);
  }
  CHECK(passed < 16);
}

TEST_CASE("roots are PEM certificates") {
  const test::TimeStampAuthority authority;
  const std::string root = read_file(authority.file("root.pem"), 10'000).value();
  const std::string other = read_file(authority.file("other_root.pem"), 10'000).value();
  CHECK(TimeStampRoots::parse("A comment.\n" + root + "\n" + other)->certificates().size() == 2);
  CHECK(TimeStampRoots::parse("").error().message == "it has no certificate in PEM");
  CHECK(TimeStampRoots::parse("no certificate").error().message == "it has no certificate in PEM");
  CHECK(TimeStampRoots::parse(root + root.substr(0, 200)).error().message ==
        "a certificate in it is damaged");
  std::string damaged = root;
  damaged[100] = '!';
  CHECK(TimeStampRoots::parse(damaged).error().message == "a certificate in it is damaged");
  const auto missing = TimeStampRoots::read(authority.file("nothing.pem"));
  REQUIRE_FALSE(missing);
  CHECK(missing.error().message.find("nothing.pem") != std::string::npos);
}
