// Status events on RabbitMQ: their exchange, their properties, and what happens without a queue for them.
#include <catch2/catch.hpp>

#include "tests/contract/queue/rabbit_bench.hpp"

using namespace duenotice;
using namespace duenotice::queue;
using namespace duenotice::queue::test;
using Catch::Matchers::Contains;

namespace {

const StatusEvent accepted{"n-2", "duenotice.notice.accepted.v1", R"({"id":"n-2"})"};
const StatusEvent failed{"n-9", "duenotice.notice.failed.v1", R"({"id":"n-9"})"};

template <class T>
T must(WireResult<T> result) {
  INFO((result ? std::string() : result.error().text));
  REQUIRE(result.ok());
  return std::move(*result);
}

RabbitOptions with_events(const RabbitBench& bench) {
  RabbitOptions options = bench.options();
  options.events = options.requests + ".events";
  return options;
}

std::unique_ptr<EventPublisher> publisher(const RabbitOptions& options) {
  auto opened = open_rabbit_event_publisher(options);
  INFO((opened ? std::string() : opened.error().message));
  REQUIRE(opened.ok());
  return std::move(*opened);
}

/// A service that has bound a queue of its own. It and the exchange are deleted at the end.
class Service {
 public:
  Service(const RabbitBench& bench, const RabbitOptions& options, const std::string& pattern)
      : bench_(bench), options_(options), wire_(bench.wire()), queue_(options.events + ".service") {
    must(wire_.declare_queue(queue_, {}));
    must(wire_.bind(queue_, options.events, pattern));
    must(wire_.consume(queue_, 100));
  }
  ~Service() {
    bench_.delete_queue(queue_);
    bench_.delete_exchange(options_.events);
  }
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  std::vector<RabbitWire::Delivery> take(std::size_t count) {
    std::vector<RabbitWire::Delivery> taken;
    eventually([&] {
      auto event = must(wire_.next(Milliseconds(50)));
      if (event && std::holds_alternative<RabbitWire::Delivery>(*event))
        taken.push_back(std::get<RabbitWire::Delivery>(std::move(*event)));
      return taken.size() >= count;
    });
    return taken;
  }

 private:
  const RabbitBench& bench_;
  const RabbitOptions& options_;
  RabbitWire wire_;
  const std::string queue_;
};

}  // namespace

TEST_CASE("events arrive in their order with id and type, and a queue gets those that it is bound to") {
  RabbitBench bench;
  const RabbitOptions options = with_events(bench);
  const auto events = publisher(options);
  Service service(bench, options, "duenotice.notice.failed.*");
  const StatusEvent last{"n-10", failed.type, "{}"};
  REQUIRE(events->publish_events(std::vector{accepted, failed, last}).ok());
  const auto taken = service.take(2);
  REQUIRE(taken.size() == 2);
  CHECK(taken[0].message_id == "n-9");
  CHECK(taken[0].content_type == "application/cloudevents+json");
  CHECK(taken[0].body == failed.body);
  CHECK(taken[0].headers.empty());
  CHECK(taken[1].message_id == "n-10");
}

TEST_CASE("events that no queue is bound to are taken by the broker all the same") {
  RabbitBench bench;
  const RabbitOptions options = with_events(bench);
  const auto events = publisher(options);
  CHECK(events->publish_events(std::vector(1'500, accepted)).ok());
  CHECK(events->publish_events({}).ok());
  Service service(bench, options, "#");
  CHECK(events->publish_events(std::vector{failed}).ok());
  const auto taken = service.take(1);
  REQUIRE(taken.size() == 1);
  CHECK(taken[0].message_id == "n-9");
}

TEST_CASE("an exchange that was deleted is made again at the next publish") {
  RabbitBench bench;
  const RabbitOptions options = with_events(bench);
  const auto events = publisher(options);
  REQUIRE(events->publish_events(std::vector{accepted}).ok());
  bench.delete_exchange(options.events);
  CHECK_FALSE(events->publish_events(std::vector{accepted}).ok());
  CHECK(eventually([&] { return events->publish_events(std::vector{accepted}).ok(); }));
  bench.delete_exchange(options.events);
}

TEST_CASE("an exchange of another kind is an error that names it, for whoever needs it alone") {
  RabbitBench bench;
  RabbitOptions options = with_events(bench);
  options.events = "amq.fanout";
  const auto consumer = open_rabbit_consumer(options);
  REQUIRE_FALSE(consumer.ok());
  CHECK(consumer.error().kind == ErrorKind::invalid);
  CHECK_THAT(consumer.error().message, Contains("the exchange amq.fanout"));
  CHECK_FALSE(open_rabbit_event_publisher(options).ok());
  const auto checked = check_rabbit(options);
  REQUIRE_FALSE(checked.ok());
  CHECK_THAT(checked.error().message, Contains("the exchange amq.fanout"));
  options.events.clear();
  CHECK(open_rabbit_publisher(options).ok());
}

TEST_CASE("without declaring, a missing exchange is an error, and the check says what is there") {
  RabbitBench bench;
  RabbitOptions options = with_events(bench);
  const auto missing = check_rabbit(options);
  REQUIRE(missing.ok());
  CHECK_THAT(*missing, Contains("the exchange " + options.events + " does not exist yet, serve makes it"));
  bench.consumer(Limits{})->stop();  // makes the rest
  options.declare = false;
  const auto refused = open_rabbit_event_publisher(options);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().kind == ErrorKind::invalid);
  CHECK_THAT(refused.error().message, Contains(options.events) && Contains("declare"));
  CHECK_FALSE(check_rabbit(options).ok());
  options.declare = true;
  const auto made = publisher(options);
  const auto there = check_rabbit(options);
  REQUIRE(there.ok());
  CHECK_THAT(*there, Contains("the exchange " + options.events + " is there"));
  options.events.clear();
  CHECK_THAT(*check_rabbit(options), Contains("status events are switched off"));
  bench.delete_exchange(with_events(bench).events);
}

TEST_CASE("an interrupted publisher publishes no more") {
  RabbitBench bench;
  const RabbitOptions options = with_events(bench);
  const auto events = publisher(options);
  events->interrupt();
  CHECK_FALSE(events->publish_events(std::vector{accepted}).ok());
  bench.delete_exchange(options.events);
}
