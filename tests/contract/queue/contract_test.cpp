// The same cases for every implementation of the queue's contract.
#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

#include "gateway/base/limits.hpp"
#include "tests/contract/queue/bench.hpp"

using namespace duenotice;
using namespace duenotice::queue;
using namespace duenotice::queue::test;

namespace {

std::vector<std::string> bodies(const std::vector<Message>& messages) {
  std::vector<std::string> result;
  for (const Message& message : messages) result.push_back(message.body);
  return result;
}

void publish_numbered(Publisher& publisher, int count) {
  for (int number = 0; number < count; ++number) publish(publisher, std::to_string(number));
}

std::vector<std::string> numbers(int count) {
  std::vector<std::string> result;
  for (int number = 0; number < count; ++number) result.push_back(std::to_string(number));
  return result;
}

}  // namespace

TEST_CASE("a published request is delivered with its type and bytes, in order") {
  const auto bench = make_bench();
  const auto consumer = bench->consumer();
  const auto publisher = bench->publisher();
  const std::string bytes("\0\xff 一二三\r\n", 14);
  REQUIRE(publisher->publish_request(cloudevents_type, bytes).ok());
  publish(*publisher, "second");
  const Message first = take(*consumer);
  CHECK(first.content_type == cloudevents_type);
  CHECK(first.body == bytes);
  CHECK_FALSE(first.redelivered);
  CHECK_FALSE(first.oversized.has_value());
  const Message second = take(*consumer);
  CHECK(second.content_type == json_type);
  CHECK(second.body == "second");
  CHECK(second.tag != first.tag);
  CHECK(nothing_comes(*consumer));
}

TEST_CASE("an empty body is delivered") {
  const auto bench = make_bench();
  const auto consumer = bench->consumer();
  publish(*bench->publisher(), "");
  CHECK(take(*consumer).body.empty());
}

TEST_CASE("a request is delivered whether it was published before or after the consumer came") {
  const auto bench = make_bench();
  publish(*bench->publisher(), "before");
  const auto consumer = bench->consumer();
  CHECK(take(*consumer).body == "before");
  publish(*bench->publisher(), "after");
  CHECK(take(*consumer).body == "after");
}

TEST_CASE("a consumer that winds down gives out nothing more and still acknowledges") {
  const auto bench = make_bench();
  const auto publisher = bench->publisher();
  publish_numbered(*publisher, 3);
  {
    const auto consumer = bench->consumer();
    const std::vector<Message> taken = take(*consumer, 2);
    consumer->wind_down();
    publish(*publisher, "late");
    CHECK(nothing_comes(*consumer));
    for (const Message& message : taken) consumer->acknowledge(message.tag);
    consumer->stop();
  }
  const auto next = bench->consumer();
  CHECK(bodies(take(*next, 2)) == std::vector<std::string>{"2", "late"});
  CHECK(nothing_comes(*next));
}

TEST_CASE("what was acknowledged before the consumer stopped does not come again, the rest does") {
  const auto bench = make_bench();
  const auto publisher = bench->publisher();
  {
    const auto consumer = bench->consumer();
    publish_numbered(*publisher, 10);
    for (const Message& message : take(*consumer, 10)) {
      if (message.body != "3" && message.body != "7") consumer->acknowledge(message.tag);
    }
    consumer->stop();
  }
  const auto consumer = bench->consumer();
  const std::vector<Message> again = take(*consumer, 2);
  CHECK(bodies(again) == std::vector<std::string>{"3", "7"});
  CHECK(again[0].redelivered);
  CHECK(again[1].redelivered);
  CHECK(nothing_comes(*consumer));
}

TEST_CASE("messages of a process that was killed come again, marked as redelivered") {
  const auto bench = make_bench();
  const auto publisher = bench->publisher();
  bench->consumer()->stop();  // the queue exists before the other process comes
  publish_numbered(*publisher, 5);
  Victim victim(*bench, 5);
  CHECK(victim.taken() == numbers(5));
  const auto consumer = bench->consumer();
  CHECK(nothing_comes(*consumer));
  victim.kill();
  const std::vector<Message> again = take(*consumer, 5);
  CHECK(bodies(again) == numbers(5));
  CHECK(std::all_of(again.begin(), again.end(), [](const Message& message) { return message.redelivered; }));
  publish(*publisher, "new");
  const Message fresh = take(*consumer);
  CHECK(fresh.body == "new");
  CHECK_FALSE(fresh.redelivered);
}

TEST_CASE("a consumer holds back at its prefetch count and goes on after an acknowledgement") {
  const auto bench = make_bench();
  const auto consumer = bench->consumer(Limits{3, 1'000'000});
  publish_numbered(*bench->publisher(), 8);
  std::vector<Message> out = take(*consumer, 3);
  CHECK(nothing_comes(*consumer));
  consumer->acknowledge(out[1].tag);
  CHECK(take(*consumer).body == "3");
  CHECK(nothing_comes(*consumer));
}

TEST_CASE("a consumer holds back at its prefetch bytes") {
  const auto bench = make_bench();
  const auto consumer = bench->consumer(Limits{100, 10'000});
  const auto publisher = bench->publisher();
  std::multiset<std::string> expected;
  for (int number = 0; number < 6; ++number) {
    publish(*publisher, std::to_string(number) + std::string(4'000, 'a'));
    expected.insert(std::to_string(number));
  }
  std::vector<Message> out = take(*consumer, 2);
  CHECK(nothing_comes(*consumer));
  std::multiset<std::string> seen;
  while (!out.empty()) {
    CHECK(out.size() <= 2);
    for (const Message& message : out) {
      seen.insert(message.body.substr(0, 1));
      consumer->acknowledge(message.tag);
    }
    out.clear();
    if (seen.size() < 6) out.push_back(take(*consumer));
    while (auto more = consumer->next(Milliseconds(50))) out.push_back(std::move(*more));
  }
  CHECK(seen == expected);
}

TEST_CASE("a message above the byte bound is given when nothing else is out") {
  const auto bench = make_bench();
  const auto consumer = bench->consumer(Limits{100, 10'000});
  const auto publisher = bench->publisher();
  publish(*publisher, "small");
  publish(*publisher, std::string(50'000, 'L'));
  publish(*publisher, "behind");
  std::vector<Message> out{take(*consumer)};
  CHECK(out[0].body == "small");
  while (auto more = consumer->next(Milliseconds(300))) out.push_back(std::move(*more));
  CHECK(std::none_of(out.begin(), out.end(),
                     [](const Message& message) { return message.body.size() == 50'000; }));
  for (const Message& message : out) consumer->acknowledge(message.tag);
  // An implementation may have put the large one behind the last small one.
  Message alone = take(*consumer);
  if (out.size() == 1 && alone.body == "behind") {
    consumer->acknowledge(alone.tag);
    out.push_back(std::exchange(alone, take(*consumer)));
  }
  CHECK(alone.body.size() == 50'000);
  CHECK(nothing_comes(*consumer));
  consumer->acknowledge(alone.tag);
  if (out.size() == 1) CHECK(take(*consumer).body == "behind");
}

TEST_CASE("a paused consumer gives nothing out and goes on afterwards") {
  const auto bench = make_bench();
  const auto consumer = bench->consumer();
  const auto publisher = bench->publisher();
  publish(*publisher, "first");
  const Message first = take(*consumer);
  consumer->pause(true);
  publish(*publisher, "second");
  CHECK(nothing_comes(*consumer));
  consumer->acknowledge(first.tag);
  consumer->pause(false);
  CHECK(take(*consumer).body == "second");
}

TEST_CASE("a wait for a message ends when the consumer is stopped") {
  const auto bench = make_bench();
  const auto consumer = bench->consumer();
  std::optional<Message> message;
  std::thread waiting([&] { message = consumer->next(std::chrono::minutes(10)); });
  consumer->stop();
  waiting.join();
  CHECK_FALSE(message.has_value());
}

TEST_CASE("a stale or unknown tag acknowledges nothing") {
  const auto bench = make_bench();
  const auto publisher = bench->publisher();
  const auto gone = bench->consumer();
  publish(*publisher, "first");
  const Message first = take(*gone);
  gone->stop();
  const auto consumer = bench->consumer();
  const Message again = take(*consumer);
  CHECK(again.body == "first");
  gone->acknowledge(first.tag);
  consumer->acknowledge(again.tag + 1'000);
  consumer->acknowledge(0);
  consumer->stop();
  const auto last = bench->consumer();
  const Message still = take(*last);
  CHECK(still.body == "first");
  last->acknowledge(still.tag);
  last->acknowledge(still.tag);
  publish(*publisher, "second");
  CHECK(take(*last).body == "second");
}

TEST_CASE("what no consumer has been given yet is counted") {
  const auto bench = make_bench();
  const auto publisher = bench->publisher();
  const auto waiting = [&](std::int64_t expected) {
    return eventually([&] { return bench->waiting() == expected; });
  };
  CHECK(waiting(0));
  publish_numbered(*publisher, 6);
  CHECK(waiting(6));
  {
    const auto consumer = bench->consumer({.prefetch = 3});
    const std::vector<Message> taken = take(*consumer, 3);
    CHECK(waiting(3));
    consumer->acknowledge(taken[1].tag);
    consumer->acknowledge(taken[2].tag);
    CHECK(take(*consumer, 2).size() == 2);
    CHECK(waiting(1));
    publish_numbered(*publisher, 2);
    CHECK(waiting(3));
    consumer->stop();
  }
  CHECK(waiting(6));  // three came back
  const auto consumer = bench->consumer({.prefetch = 2});
  CHECK(take(*consumer, 2).size() == 2);
  CHECK(waiting(4));
  consumer->stop();
}

TEST_CASE("a batch of requests is delivered once each") {
  const auto bench = make_bench();
  const auto consumer = bench->consumer(Limits{2'000, 10'000'000});
  const auto publisher = bench->publisher();
  const std::vector<std::string> texts = numbers(1'500);
  std::vector<OutgoingRequest> requests;
  for (const std::string& text : texts) requests.push_back(OutgoingRequest{json_type, text});
  REQUIRE(publisher->publish_requests(requests).ok());
  CHECK(bodies(take(*consumer, texts.size())) == texts);
  CHECK(nothing_comes(*consumer));
}

TEST_CASE("a body above the ceiling is refused by the publisher") {
  const auto bench = make_bench();
  const auto consumer = bench->consumer();
  const auto publisher = bench->publisher();
  const std::string large(limits::body_bytes_ceiling + 1, 'x');
  const Status status = publisher->publish_request(json_type, large);
  REQUIRE_FALSE(status.ok());
  CHECK(status.error().kind == ErrorKind::invalid);
  publish(*publisher, "fits");
  CHECK(take(*consumer).body == "fits");
}

TEST_CASE("a body of the ceiling's size is delivered whole") {
  const auto bench = make_bench();
  const auto consumer = bench->consumer(Limits{10, 1'000'000});
  std::string large(limits::body_bytes_ceiling, 'x');
  large.back() = 'y';
  publish(*bench->publisher(), large);
  const Message message = take(*consumer);
  CHECK((message.body == large));  // without printing them
  CHECK_FALSE(message.oversized.has_value());
  consumer->acknowledge(message.tag);
  CHECK(nothing_comes(*consumer));
}

TEST_CASE("dead letters keep their code, pointer, sentence, type and bytes") {
  const auto bench = make_bench();
  bench->consumer()->stop();
  const auto publisher = bench->publisher();
  const std::string bytes("{\"a\":\0\xff", 8);
  const std::vector<DeadLetter> letters{
      {"id-1", "too_large", "", "the body is too large: 一", std::string(json_type), bytes},
      {"id-2", "missing_field", "/recipient/name", "say whom", std::string(cloudevents_type), ""}};
  REQUIRE(publisher->publish_dead_letters(letters).ok());
  std::vector<DeadLetter> found = bench->dead_letters(2);
  REQUIRE(found.size() == 2);
  std::sort(found.begin(), found.end(),
            [](const auto& left, const auto& right) { return left.id < right.id; });
  for (std::size_t index = 0; index < 2; ++index) {
    CHECK(found[index].id == letters[index].id);
    CHECK(found[index].code == letters[index].code);
    CHECK(found[index].pointer == letters[index].pointer);
    CHECK(found[index].message == letters[index].message);
    CHECK(found[index].content_type == letters[index].content_type);
    CHECK(found[index].body == letters[index].body);
  }
}

TEST_CASE("dead letters never come as requests, and none at all is fine") {
  const auto bench = make_bench();
  const auto consumer = bench->consumer();
  const auto publisher = bench->publisher();
  REQUIRE(publisher->publish_dead_letters({}).ok());
  const DeadLetter letter{"id-1", "conflict", "/id", "another request has this id", std::string(json_type),
                          "{}"};
  REQUIRE(publisher->publish_dead_letters({&letter, 1}).ok());
  CHECK(nothing_comes(*consumer));
}

TEST_CASE("several publishers and consumers: everything once, to one consumer at a time") {
  const auto bench = make_bench();
  constexpr int publishers = 3;
  constexpr int each = 150;
  std::vector<std::unique_ptr<Consumer>> consumers;
  for (int index = 0; index < 3; ++index) consumers.push_back(bench->consumer(Limits{20, 1'000'000}));

  std::mutex mutex;
  std::map<std::string, int> seen;
  std::atomic<int> redelivered{0};
  std::atomic<bool> done{false};
  std::vector<std::thread> threads;
  for (const auto& consumer : consumers) {
    threads.emplace_back([&, raw = consumer.get()] {
      while (!done) {
        const auto message = raw->next(Milliseconds(50));
        if (!message) continue;
        if (message->redelivered) ++redelivered;
        {
          const std::lock_guard lock(mutex);
          ++seen[message->body];
        }
        raw->acknowledge(message->tag);
      }
    });
  }
  std::atomic<int> refused{0};
  std::vector<std::thread> writers;
  for (int writer = 0; writer < publishers; ++writer) {
    writers.emplace_back([&, writer] {
      const auto publisher = bench->publisher();
      for (int number = 0; number < each; ++number) {
        const std::string body = std::to_string(writer) + "-" + std::to_string(number);
        if (!publisher->publish_request(json_type, body)) ++refused;
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  const bool all = eventually([&] {
    const std::lock_guard lock(mutex);
    return seen.size() == publishers * each;
  });
  done = true;
  for (std::thread& thread : threads) thread.join();
  CHECK(all);
  CHECK(refused == 0);
  CHECK(redelivered == 0);
  CHECK(std::all_of(seen.begin(), seen.end(), [](const auto& entry) { return entry.second == 1; }));
  for (const auto& consumer : consumers) consumer->stop();
  const auto last = bench->consumer();
  CHECK(nothing_comes(*last));
}

TEST_CASE("a healthy consumer says so") {
  const auto bench = make_bench();
  const auto consumer = bench->consumer();
  CHECK(eventually([&] { return consumer->health().ok(); }));
}
