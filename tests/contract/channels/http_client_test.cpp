#include "channels/http_client.hpp"

#include <catch2/catch.hpp>
#include <future>

#include "gateway/base/limits.hpp"
#include "tests/support/scripted_http_server.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace duenotice;
using namespace duenotice::channels;
using namespace duenotice::test;
using namespace std::chrono_literals;
using Kind = HttpAct::Kind;
using Catch::Contains;

namespace {

HttpSettings patient() { return {.connect_timeout = 20s, .reply_timeout = 20s}; }
HttpSettings impatient() { return {.connect_timeout = 400ms, .reply_timeout = 400ms}; }

std::string url_of(const ScriptedHttpServer& server, const std::string& path = "/send?x=1") {
  return "http://127.0.0.1:" + std::to_string(server.port()) + path;
}

HttpRequest get(const ScriptedHttpServer& server) { return {.url = url_of(server)}; }

std::string text_of(const OutcomeReport& report) {
  return std::string(to_text(report.outcome)) + " " + report.code +
         (report.provider_fault ? " provider_fault" : "");
}

}  // namespace

TEST_CASE("an answer is read whole, and the connection is kept for the next request") {
  ScriptedHttpServer server;
  server.next(
      {Kind::answer, http_answer(202, "0: Accepted", "X-Id:  42 \r\nX-Id: 43\r\nRetry-After: 120\r\n")});
  server.next({Kind::answer,
               "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n"});
  HttpClient client(patient());
  const HttpFacts first = client.exchange(get(server));
  CHECK(first.end == HttpEnd::answered);
  CHECK(first.handed_out);
  CHECK(first.status == 202);
  CHECK(first.body == "0: Accepted");
  CHECK_THAT(first.raw,
             Catch::StartsWith("HTTP/1.1 202 Scripted\r\n") && Catch::EndsWith("\r\n\r\n0: Accepted"));
  REQUIRE(find_header(first, "x-id") != nullptr);
  CHECK(*find_header(first, "x-id") == "42");
  CHECK(find_header(first, "x-none") == nullptr);
  CHECK(first.retry_after == std::optional<Milliseconds>(120s));
  const HttpFacts second = client.exchange({.method = "POST",
                                            .url = url_of(server),
                                            .headers = {"Content-Type: application/json", "X-Key: k"},
                                            .body = "{\"a\":1}"});
  CHECK(second.body == "abcdef");
  CHECK_FALSE(second.retry_after.has_value());
  CHECK(client.exchange({.method = "POST", .url = url_of(server)}).status == 200);
  CHECK(server.connections() == 1);
  const auto requests = server.requests();
  REQUIRE(requests.size() == 3);
  CHECK(requests[0].method == "GET");
  CHECK(requests[0].target == "/send?x=1");
  CHECK_THAT(requests[1].head, Contains("\r\nContent-Type: application/json\r\n") &&
                                   Contains("\r\nX-Key: k\r\n") && !Contains("Expect") &&
                                   Contains("\r\nUser-Agent: duenotice\r\n"));
  CHECK(requests[1].body == "{\"a\":1}");
  CHECK_THAT(requests[2].head, Contains("\r\nContent-Length: 0\r\n"));
}

TEST_CASE("an interim answer is not the answer") {
  ScriptedHttpServer server;
  server.next({Kind::answer, "HTTP/1.1 103 Early Hints\r\nX-A: early\r\n\r\n" + http_answer(400, "no")});
  HttpClient client(patient());
  const HttpFacts facts = client.exchange(get(server));
  CHECK(facts.status == 400);
  CHECK(facts.body == "no");
  CHECK(find_header(facts, "x-a") == nullptr);
}

TEST_CASE("redirects are an answer like another") {
  ScriptedHttpServer server;
  server.next({Kind::answer, http_answer(302, "", "Location: /elsewhere\r\n")});
  HttpClient client(patient());
  CHECK(client.exchange(get(server)).status == 302);
  CHECK(server.requests().size() == 1);
}

TEST_CASE("a Retry-After of weeks is cut") {
  ScriptedHttpServer server;
  server.next({Kind::answer, http_answer(503, "", "Retry-After: 99999999\r\n")});
  HttpClient client(patient());
  CHECK(client.exchange(get(server)).retry_after == std::optional<Milliseconds>(limits::retry_after_most));
}

TEST_CASE("without a complete answer the outcome is unknown once the request has gone out") {
  struct Row {
    HttpAct act;
    std::string expected;
    bool impatient = false;
  };
  const std::string half = "HTTP/1.1 202 Accepted\r\nContent-Length: 100\r\n\r\n0: Acc";
  const std::vector<Row> rows = {
      {{Kind::answer_close, ""}, "unknown connection_lost_reply provider_fault"},
      {{Kind::reset, ""}, "unknown connection_lost_reply provider_fault"},
      {{Kind::answer_close, "HTTP/1.1 20"}, "unknown connection_lost_reply provider_fault"},
      {{Kind::answer_close, half}, "unknown connection_lost_reply provider_fault"},
      {{Kind::stall, ""}, "unknown timeout_reply provider_fault", true},
      {{Kind::stall, half}, "unknown timeout_reply provider_fault", true},
      {{Kind::answer_close, "garbage and nothing else\r\n\r\n"}, "unknown not_http provider_fault"},
      {{Kind::answer, http_answer(202, std::string(limits::http_answer_bytes + 1, 'x'))},
       "unknown answer_too_large provider_fault"},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.expected << " " << row.act.text.substr(0, 30)) {
      ScriptedHttpServer server;
      server.next(row.act);
      HttpClient client(row.impatient ? impatient() : patient());
      const HttpFacts facts = client.exchange(get(server));
      CHECK(facts.handed_out);
      CHECK(text_of(report_without_answer(facts)) == row.expected);
      CHECK(facts.raw.size() <= limits::reply_bytes);
      // Whatever came late, the next request has an answer of its own, and nothing was said twice.
      server.next({Kind::answer, http_answer(400, "second")});
      CHECK(client.exchange(get(server)).body == "second");
      CHECK(server.requests().size() == 2);
    }
  }
}

TEST_CASE("while no byte of the request has gone out nothing was taken") {
  SECTION("nobody listens") {
    int port = 0;
    { port = ScriptedHttpServer().port(); }
    HttpClient client(patient());
    const HttpFacts facts = client.exchange({.url = "http://127.0.0.1:" + std::to_string(port) + "/"});
    CHECK(text_of(report_without_answer(facts)) == "transient_failure connect_failed provider_fault");
  }
  SECTION("no such host") {
    HttpClient client(patient());
    const HttpFacts facts = client.exchange({.url = "http://nowhere.invalid/"});
    CHECK(text_of(report_without_answer(facts)) == "transient_failure resolve_failed provider_fault");
  }
  SECTION("a certificate that nobody vouches for") {
    const TemporaryFolder folder;
    const TlsIdentity identity(folder.path());
    const ScriptedHttpServer server(&identity);
    HttpClient client(patient());
    const HttpFacts facts = client.exchange({.url = "https://127.0.0.1:" + std::to_string(server.port())});
    CHECK(text_of(report_without_answer(facts)) == "transient_failure tls_untrusted provider_fault");
    CHECK(server.requests().empty());
  }
  SECTION("a server that speaks no TLS") {
    ScriptedHttpServer server;
    server.always({Kind::answer_close, http_answer(400, "")});
    HttpClient client(impatient());
    const HttpFacts facts = client.exchange({.url = "https://127.0.0.1:" + std::to_string(server.port())});
    CHECK_FALSE(facts.handed_out);
    CHECK(report_without_answer(facts).outcome == Outcome::transient_failure);
  }
}

TEST_CASE("an authority of one's own is trusted, over a kept connection") {
  const TemporaryFolder folder;
  const TlsIdentity identity(folder.path());
  const ScriptedHttpServer server(&identity);
  HttpSettings settings = patient();
  settings.ca_file = identity.certificate_file;
  settings.username = "user";
  settings.password = "pass";
  HttpClient client(settings);
  const std::string url = "https://127.0.0.1:" + std::to_string(server.port()) + "/a";
  CHECK(client.exchange({.url = url}).status == 200);
  CHECK(client.exchange({.url = url}).status == 200);
  CHECK(server.connections() == 1);
  CHECK_THAT(server.requests().front().head, Contains("Authorization: Basic dXNlcjpwYXNz\r\n"));
  CHECK(HttpClient(settings).reach(url).ok());
  CHECK(server.requests().size() == 2);
}

TEST_CASE("a kept connection that was closed meanwhile is noticed before the request goes out") {
  ScriptedHttpServer server;
  HttpClient client(patient());
  CHECK(client.exchange(get(server)).status == 200);
  server.close_idle();
  CHECK(client.exchange(get(server)).status == 200);
  CHECK(server.connections() == 2);
  CHECK(server.requests().size() == 2);
}

TEST_CASE("a request on a kept connection that ends without an answer is never repeated") {
  ScriptedHttpServer server;
  HttpClient client(patient());
  CHECK(client.exchange(get(server)).status == 200);
  server.next({Kind::answer_close, ""});
  const HttpFacts facts = client.exchange(get(server));
  CHECK(text_of(report_without_answer(facts)) == "unknown connection_lost_reply provider_fault");
  CHECK(server.requests().size() == 2);
  CHECK(client.exchange(get(server)).status == 200);
}

TEST_CASE("abort ends an exchange soon and all later ones before they begin") {
  ScriptedHttpServer server;
  server.next({Kind::stall, ""});
  HttpClient client(patient());
  auto facts = std::async(std::launch::async, [&] { return client.exchange(get(server)); });
  REQUIRE(server.wait_for_requests(1));
  client.abort();
  REQUIRE(facts.wait_for(5s) == std::future_status::ready);
  CHECK(text_of(report_without_answer(facts.get())) == "unknown aborted");
  CHECK(text_of(report_without_answer(client.exchange(get(server)))) == "not_started aborted");
  CHECK(server.requests().size() == 1);
}

TEST_CASE("reaching a server sends nothing") {
  const ScriptedHttpServer server;
  CHECK(HttpClient(patient()).reach(url_of(server)).ok());
  CHECK(server.requests().empty());
  int port = 0;
  { port = ScriptedHttpServer().port(); }
  CHECK_FALSE(HttpClient(patient()).reach("http://127.0.0.1:" + std::to_string(port)).ok());
}
