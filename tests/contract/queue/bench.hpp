#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "queue/queue.hpp"

/// What the contract tests need of an implementation. Each executable of these tests links one of them.

namespace duenotice::queue::test {

struct Limits {
  int prefetch = 100;
  std::size_t prefetch_bytes = 10'000'000;
};

/// One queue of its own, removed with everything in it at the end.
class Bench {
 public:
  virtual ~Bench() = default;
  virtual std::unique_ptr<Consumer> consumer(Limits limits = {}) = 0;
  virtual std::unique_ptr<Publisher> publisher() = 0;
  /// The dead letters, as a reader of its own sees them.
  virtual std::vector<DeadLetter> dead_letters(std::size_t expected) = 0;
  /// Requests that no consumer has been given yet.
  virtual std::int64_t waiting() = 0;
  /// Words that tell a process of `victim` which queue to use.
  virtual std::vector<std::string> address() const = 0;
};

std::unique_ptr<Bench> make_bench();
/// A consumer on the queue that `address` of another process's bench named.
std::unique_ptr<Consumer> consumer_at(const std::vector<std::string>& address);

inline constexpr std::chrono::seconds deadline{60};

/// Whether `condition` came true before the deadline. Polls: what is waited for happens in another thread or
/// process.
bool eventually(const std::function<bool()>& condition);

/// The next message; fails the test when none comes before the deadline.
Message take(Consumer& consumer);
std::vector<Message> take(Consumer& consumer, std::size_t count);
/// Whether the queue gives nothing more, although it is asked.
bool nothing_comes(Consumer& consumer);

void publish(Publisher& publisher, std::string_view body);

/// A process that takes messages, says so, and keeps them until it is killed.
class Victim {
 public:
  Victim(const Bench& bench, std::size_t messages);
  ~Victim();
  Victim(const Victim&) = delete;
  Victim& operator=(const Victim&) = delete;
  /// The bodies that it took, once it has all of them.
  std::vector<std::string> taken();
  /// kill -9, and waits for its end.
  void kill();

 private:
  int process_ = -1;
  int output_ = -1;
  std::size_t messages_;
};

}  // namespace duenotice::queue::test
