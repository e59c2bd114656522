#include "gateway/evidence/time_stamp_client.hpp"

#include <catch2/catch.hpp>
#include <future>

#include "tests/support/scripted_http_server.hpp"
#include "tests/support/test_clock.hpp"
#include "tests/support/time_stamp_authority.hpp"

using namespace duenotice;
using namespace duenotice::evidence;

namespace {

const std::string data = "example.com/log\n5\nroot\n\nsignature\n";
const SystemClock system_clock;
SystemRandom system_random;

Result<TimeStamp> stamp(const TimeStampServer& server) {
  return TimeStampClient(server, system_clock, system_random).stamp(data);
}

void check_refused(const Result<TimeStamp>& judged, ErrorKind kind, const std::string& words) {
  REQUIRE_FALSE(judged);
  CHECK(judged.error().kind == kind);
  CAPTURE(judged.error().message);
  CHECK(judged.error().message.find(words) != std::string::npos);
}

}  // namespace

TEST_CASE("a TSA over HTTP, away and back") {
  test::TimeStampAuthority authority;
  const TimeStampServer server = authority.server("good");
  const auto first = stamp(server);
  REQUIRE(first);
  CHECK(verify_time_stamp(first->token, data, authority.roots()).value() == *first);
  authority.stop();
  check_refused(stamp(server), ErrorKind::unavailable, "no answer: Failed to connect to 127.0.0.1");
  authority.start();
  CHECK(stamp(server).value().gen_time >= first->gen_time);
}

TEST_CASE("what is no time stamp is refused in words") {
  const test::TimeStampAuthority authority;
  const auto answer = [&](const std::string& way) { return stamp(authority.server(way)); };
  check_refused(answer("busy"), ErrorKind::unavailable, "HTTP status 503");
  check_refused(answer("nowhere"), ErrorKind::invalid, "HTTP status 404");
  check_refused(answer("page"), ErrorKind::invalid, "no application/timestamp-reply");
  check_refused(answer("garbage"), ErrorKind::invalid, "no RFC 3161 time stamp reply");
  check_refused(answer("long"), ErrorKind::unavailable, "its answer is too long");
  check_refused(answer("other_nonce"), ErrorKind::invalid, "its nonce is not the one that was sent");
}

TEST_CASE("a TSA that lost its time will be asked again") {
  // TimeStampResp { status rejection(2), failInfo timeNotAvailable(14) } and the same with systemFailure(25).
  const test::TimeStampAuthority authority;
  test::ScriptedHttpServer server;
  TimeStampServer tsa = authority.server("good");
  tsa.url = "http://127.0.0.1:" + std::to_string(server.port());
  const std::string type = "Content-Type: application/timestamp-reply\r\n";
  const std::string no_time("\x30\x0A\x30\x08\x02\x01\x02\x03\x03\x01\x00\x02", 12);
  server.next({test::HttpAct::Kind::answer, test::http_answer(200, no_time, type)});
  check_refused(stamp(tsa), ErrorKind::unavailable, "it has no time at the moment");
  const std::string failed("\x30\x0C\x30\x0A\x02\x01\x02\x03\x05\x06\x00\x00\x00\x40", 14);
  server.next({test::HttpAct::Kind::answer, test::http_answer(200, failed, type)});
  check_refused(stamp(tsa), ErrorKind::unavailable, "its system failed");
  const std::string empty_grant("\x30\x05\x30\x03\x02\x01\x00", 7);
  server.next({test::HttpAct::Kind::answer, test::http_answer(200, empty_grant, type)});
  check_refused(stamp(tsa), ErrorKind::invalid, "no RFC 3161 time stamp reply");
}

TEST_CASE("over HTTPS the TSA's certificate is verified") {
  const test::TimeStampAuthority authority;
  const test::TemporaryFolder folder;
  const test::TlsIdentity identity(folder.path());
  test::ScriptedHttpServer server(&identity);
  TimeStampServer tsa = authority.server("good");
  tsa.url = "https://127.0.0.1:" + std::to_string(server.port());
  check_refused(stamp(tsa), ErrorKind::unavailable, "SSL certificate problem");
  tsa.ca_file = identity.certificate_file;
  check_refused(stamp(tsa), ErrorKind::invalid, "no application/timestamp-reply");
}

TEST_CASE("a stop ends the wait for a TSA that says nothing") {
  const test::TimeStampAuthority authority;
  test::ScriptedHttpServer server;
  server.always({test::HttpAct::Kind::stall, "HTTP/1.1 200 OK\r\n"});
  TimeStampServer tsa = authority.server("good");
  tsa.url = "http://127.0.0.1:" + std::to_string(server.port());
  std::stop_source stop;
  auto stamped = std::async(std::launch::async, [&] {
    return TimeStampClient(tsa, system_clock, system_random).stamp(data, stop.get_token());
  });
  REQUIRE(server.wait_for_requests(1));
  stop.request_stop();
  check_refused(stamped.get(), ErrorKind::unavailable, "no answer: Callback aborted");
}
