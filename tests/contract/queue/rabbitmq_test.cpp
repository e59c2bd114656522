// What RabbitMQ has beyond the contract: its arguments, refusals, large bodies, and TLS.
#include <catch2/catch.hpp>

#include "gateway/base/digest.hpp"
#include "tests/contract/queue/rabbit_bench.hpp"

using namespace duenotice;
using namespace duenotice::queue;
using namespace duenotice::queue::test;
using Catch::Matchers::Contains;

namespace {

template <class T>
Error refusal(const Result<std::unique_ptr<T>>& result) {
  REQUIRE_FALSE(result.ok());
  return result.error();
}

bool done(const WireResult<Done>& result) {
  INFO((result ? std::string() : result.error().text));
  CHECK(result.ok());
  return result.ok();
}

/// Publishes as a foreign program would, without our checks.
void publish_raw(const RabbitBench& bench, std::string_view body) {
  RabbitWire wire = bench.wire();
  RabbitWire::Outgoing message{};
  const std::string queue = bench.options().requests;
  message.routing_key = queue;
  message.content_type = json_type;
  message.body = body;
  REQUIRE(done(wire.publish(message)));
  wire.close();
}

}  // namespace

TEST_CASE("a queue with other arguments is an error at start that names it") {
  RabbitBench bench;
  RabbitWire wire = bench.wire();
  REQUIRE(done(wire.declare_queue(bench.options().requests, {{"x-queue-type", std::string("classic")}})));
  const Error error = refusal(open_rabbit_consumer(bench.options()));
  CHECK(error.kind == ErrorKind::invalid);
  CHECK_THAT(error.message,
             Contains(bench.options().requests) && Contains("x-queue-type") && Contains("delete it"));
  CHECK(refusal(open_rabbit_publisher(bench.options())).kind == ErrorKind::invalid);
  const auto checked = check_rabbit(bench.options());
  CHECK_FALSE(checked.ok());
}

TEST_CASE("another time to live of the dead letters is an error at start") {
  RabbitBench bench;
  bench.consumer(Limits{})->stop();
  RabbitOptions options = bench.options();
  options.dead_letter_ttl = std::chrono::hours(1);
  const Error error = refusal(open_rabbit_consumer(options));
  CHECK(error.kind == ErrorKind::invalid);
  CHECK_THAT(error.message, Contains(options.dead_letters) && Contains("x-message-ttl"));
}

TEST_CASE("without declaring, a missing queue is an error and an existing one is used as it is") {
  RabbitBench bench;
  RabbitOptions options = bench.options();
  options.declare = false;
  const Error error = refusal(open_rabbit_consumer(options));
  CHECK(error.kind == ErrorKind::invalid);
  CHECK_THAT(error.message, Contains(options.requests) && Contains("declare"));
  const auto missing = check_rabbit(options);
  REQUIRE_FALSE(missing.ok());
  CHECK(missing.error().kind == ErrorKind::invalid);

  bench.consumer(Limits{})->stop();
  CHECK(open_rabbit_consumer(options).ok());
  CHECK(open_rabbit_publisher(options).ok());
}

TEST_CASE("the check makes nothing and says what it found") {
  RabbitBench bench;
  const auto before = check_rabbit(bench.options());
  REQUIRE(before.ok());
  CHECK_THAT(*before, Contains(bench.options().requests) && Contains("does not exist yet"));
  CHECK(bench.wire().queue_exists(bench.options().requests).error().reply_code == 404);
  publish(*bench.publisher(), "{}");
  const auto after = check_rabbit(bench.options());
  REQUIRE(after.ok());
  CHECK_THAT(*after, Contains(bench.options().requests + " has"));
}

TEST_CASE("a wrong password is an error at start, and no message holds a password") {
  RabbitBench bench;
  RabbitOptions options = bench.options();
  options.password = "not-the-password";
  const Error error = refusal(open_rabbit_consumer(options));
  CHECK(error.kind == ErrorKind::invalid);
  CHECK_THAT(error.message, Contains("127.0.0.1") && !Contains("not-the-password"));
  CHECK(refusal(open_rabbit_publisher(options)).kind == ErrorKind::invalid);
}

TEST_CASE("a virtual host that does not exist is an error at start") {
  RabbitBench bench;
  RabbitOptions options = bench.options();
  options.url = options.url.substr(0, options.url.rfind('/')) + "/nowhere";
  const Error error = refusal(open_rabbit_consumer(options));
  CHECK(error.kind == ErrorKind::invalid);
  CHECK_THAT(error.message, Contains("nowhere"));
}

TEST_CASE("where no broker listens, a consumer keeps trying and a publisher says so") {
  RabbitOptions options;
  options.url = "amqp://guest:guest@127.0.0.1:1/%2f";
  CHECK(refusal(open_rabbit_publisher(options)).kind == ErrorKind::unavailable);
  options.connect_at_start = false;
  const auto publisher = open_rabbit_publisher(options);
  REQUIRE(publisher.ok());
  const Status status = (*publisher)->publish_request(json_type, "{}");
  REQUIRE_FALSE(status.ok());
  CHECK(status.error().kind == ErrorKind::unavailable);

  const auto consumer = open_rabbit_consumer(options);
  REQUIRE(consumer.ok());
  const Status health = (*consumer)->health();
  REQUIRE_FALSE(health.ok());
  CHECK(health.error().kind == ErrorKind::unavailable);
  CHECK_THAT(health.error().message, Contains("127.0.0.1:1"));
  CHECK_FALSE((*consumer)->next(Milliseconds(10)).has_value());
  (*consumer)->stop();
}

TEST_CASE("a malformed URL is an error without its password") {
  RabbitOptions options;
  options.url = "amqp://user:secret@host:port:3/";
  const Error error = refusal(open_rabbit_consumer(options));
  CHECK(error.kind == ErrorKind::invalid);
  CHECK_THAT(error.message, !Contains("secret"));
}

TEST_CASE("an unroutable request is an error, and the next publish makes the queue again") {
  RabbitBench bench;
  const auto publisher = bench.publisher();
  publish(*publisher, "first");
  bench.delete_queue(bench.options().requests);
  const Status status = publisher->publish_request(json_type, "lost");
  REQUIRE_FALSE(status.ok());
  CHECK_THAT(status.error().message, Contains("NO_ROUTE"));
  CHECK(eventually([&] { return publisher->publish_request(json_type, "second").ok(); }));
  const auto consumer = bench.consumer(Limits{});
  CHECK(take(*consumer).body == "second");
}

TEST_CASE("a queue that is deleted under its consumer comes back") {
  RabbitBench bench;
  const auto consumer = bench.consumer(Limits{});
  publish(*bench.publisher(), "first");
  const Message first = take(*consumer);
  bench.delete_queue(bench.options().requests);
  CHECK(eventually([&] { return !consumer->health().ok(); }));
  CHECK(eventually([&] { return consumer->health().ok(); }));
  consumer->acknowledge(first.tag);
  publish(*bench.publisher(), "second");
  const Message second = take(*consumer);
  CHECK(second.body == "second");
  CHECK(second.tag > first.tag);
}

TEST_CASE("a body above the ceiling arrives with its beginning, length and digest") {
  RabbitBench bench;
  const auto consumer = bench.consumer(Limits{10, 1'000'000});
  std::string large(limits::body_bytes_ceiling + 1, 'x');
  large.front() = 'b';
  large.back() = 'e';
  publish_raw(bench, large);
  const Message message = take(*consumer);
  REQUIRE(message.oversized.has_value());
  CHECK(message.oversized->length == large.size());
  CHECK(message.oversized->digest == sha256(large));
  CHECK((message.body == large.substr(0, limits::oversized_body_kept_bytes)));
  consumer->acknowledge(message.tag);
  publish_raw(bench, "small");
  CHECK(take(*consumer).body == "small");
}

TEST_CASE("many messages above the byte bound all arrive, never more at once than fits") {
  RabbitBench bench;
  const auto publisher = bench.publisher();
  const std::string body(20'000, 'm');
  const std::vector<OutgoingRequest> requests(200, OutgoingRequest{json_type, body});
  REQUIRE(publisher->publish_requests(requests).ok());
  const auto consumer = bench.consumer(Limits{300, 100'000});
  std::vector<Message> out;
  std::size_t settled = 0;
  const auto settle = [&] {
    for (const Message& message : out) consumer->acknowledge(message.tag);
    settled += out.size();
    out.clear();
  };
  CHECK(eventually([&] {
    auto message = consumer->next(Milliseconds(20));
    if (message) out.push_back(std::move(*message));
    CHECK(out.size() <= 5);
    if (!message || out.size() == 5) settle();
    return settled == requests.size();
  }));
  CHECK(nothing_comes(*consumer));
}

TEST_CASE("amqps: trusted by its authority and DNS name, refused otherwise") {
  RabbitBench bench;
  RabbitOptions options = bench.options();
  options.url = broker_line("url_tls");
  options.ca_file = broker_folder() + "/ca.pem";
  {
    const auto consumer = open_rabbit_consumer(options);
    INFO((consumer ? std::string() : consumer.error().message));
    REQUIRE(consumer.ok());
    const auto publisher = open_rabbit_publisher(options);
    REQUIRE(publisher.ok());
    const std::string large(3'000'000, 't');
    publish(**publisher, large);
    const Message message = take(**consumer);
    CHECK((message.body == large));
    (*consumer)->acknowledge(message.tag);
    (*consumer)->stop();
  }
  options.ca_file = broker_folder() + "/other-ca.pem";
  const Error stranger = refusal(open_rabbit_publisher(options));
  CHECK(stranger.kind == ErrorKind::invalid);
  CHECK_THAT(stranger.message, Contains("certificate"));
  options.ca_file = broker_folder() + "/missing.pem";
  CHECK_THAT(refusal(open_rabbit_publisher(options)).message, Contains("missing.pem"));
  options.ca_file = broker_folder() + "/ca.pem";
  options.url.replace(options.url.find("localhost"), 9, "127.0.0.1");
  CHECK(refusal(open_rabbit_publisher(options)).kind == ErrorKind::invalid);
}
