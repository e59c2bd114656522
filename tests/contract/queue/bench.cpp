#include "tests/contract/queue/bench.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <utility>

namespace duenotice::queue::test {

bool eventually(const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + deadline;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    ::poll(nullptr, 0, 2);  // milliseconds until the next look
  }
  return true;
}

Message take(Consumer& consumer) {
  std::optional<Message> message;
  const bool came = eventually([&] { return (message = consumer.next(Milliseconds(200))).has_value(); });
  REQUIRE(came);
  return std::move(*message);
}

std::vector<Message> take(Consumer& consumer, std::size_t count) {
  std::vector<Message> messages;
  while (messages.size() < count) messages.push_back(take(consumer));
  return messages;
}

bool nothing_comes(Consumer& consumer) { return !consumer.next(Milliseconds(300)).has_value(); }

void publish(Publisher& publisher, std::string_view body) {
  const Status status = publisher.publish_request(json_type, body);
  INFO((status ? std::string() : status.error().message));
  REQUIRE(status.ok());
}

Victim::Victim(const Bench& bench, std::size_t messages) : messages_(messages) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  std::vector<std::string> words{VICTIM, std::to_string(messages)};
  for (std::string& word : bench.address()) words.push_back(std::move(word));
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  process_ = ::fork();
  REQUIRE(process_ >= 0);
  if (process_ == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
    ::execv(VICTIM, arguments.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  output_ = ends[0];
}

std::vector<std::string> Victim::taken() {
  std::vector<std::string> bodies;
  std::string line;
  char byte = 0;
  while (bodies.size() < messages_ && ::read(output_, &byte, 1) == 1) {
    if (byte != '\n') {
      line.push_back(byte);
      continue;
    }
    bodies.push_back(std::exchange(line, {}));
  }
  REQUIRE(bodies.size() == messages_);
  return bodies;
}

void Victim::kill() {
  if (process_ < 0) return;
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
  process_ = -1;
}

Victim::~Victim() {
  kill();
  if (output_ >= 0) ::close(output_);
}

}  // namespace duenotice::queue::test
