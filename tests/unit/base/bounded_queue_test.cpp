#include <atomic>
#include <catch2/catch.hpp>
#include <numeric>
#include <thread>

#include "gateway/base/bounded_queue.hpp"

using namespace duenotice;
using namespace std::chrono_literals;

TEST_CASE("items come out in the order they went in") {
  BoundedQueue<int> queue(3);
  for (const int item : {1, 2, 3}) REQUIRE(queue.push(item));
  CHECK(queue.size() == 3);
  for (const int item : {1, 2, 3}) CHECK(queue.pop(0ms) == item);
  CHECK_FALSE(queue.pop(0ms));
}

TEST_CASE("several items are taken at once, never more than asked for") {
  BoundedQueue<int> queue(10);
  for (int item = 0; item < 5; ++item) REQUIRE(queue.push(item));
  CHECK(queue.pop_some(3) == std::vector<int>{0, 1, 2});
  CHECK(queue.pop_some(3) == std::vector<int>{3, 4});
}

TEST_CASE("a full queue makes its producer wait") {
  constexpr int items = 10'000;
  constexpr std::size_t capacity = 4;
  BoundedQueue<int> queue(capacity);
  std::thread producer([&] {
    for (int item = 0; item < items; ++item) queue.push(item);
    queue.close();
  });
  std::vector<int> taken;
  std::size_t most = 0;
  for (auto some = queue.pop_some(100); !some.empty(); some = queue.pop_some(100)) {
    most = std::max(most, some.size());
    taken.insert(taken.end(), some.begin(), some.end());
  }
  producer.join();
  std::vector<int> expected(items);
  std::iota(expected.begin(), expected.end(), 0);
  CHECK(taken == expected);
  CHECK(most <= capacity);
}

TEST_CASE("closing refuses new items, keeps the old and wakes everybody") {
  BoundedQueue<int> queue(1);
  REQUIRE(queue.push(1));
  std::atomic<int> refused = 0;
  std::thread blocked_producer([&] { refused += queue.push(2) ? 0 : 1; });
  queue.close();
  blocked_producer.join();
  CHECK(refused == 1);
  CHECK_FALSE(queue.push(3));
  CHECK(queue.pop(10s) == 1);
  CHECK_FALSE(queue.pop(10s));
  CHECK(queue.pop_some(5).empty());

  BoundedQueue<int> empty(1);
  std::thread blocked_consumer([&] { refused += empty.pop_some(1).empty() ? 1 : 0; });
  empty.close();
  blocked_consumer.join();
  CHECK(refused == 2);
}

TEST_CASE("many producers and consumers lose nothing and double nothing") {
  constexpr int each = 2'000;
  BoundedQueue<int> queue(7);
  std::atomic<long> sum = 0;
  std::atomic<int> count = 0;
  const auto consume = [&] {
    while (const auto item = queue.pop(10s)) {
      sum += *item;
      ++count;
    }
  };
  std::vector<std::thread> consumers;
  for (int i = 0; i < 3; ++i) consumers.emplace_back(consume);
  std::vector<std::thread> producers;
  for (int i = 0; i < 3; ++i) {
    producers.emplace_back([&] {
      for (int item = 1; item <= each; ++item) queue.push(item);
    });
  }
  for (std::thread& producer : producers) producer.join();
  queue.close();
  for (std::thread& consumer : consumers) consumer.join();
  CHECK(count == 3 * each);
  CHECK(sum == 3L * each * (each + 1) / 2);
}
