#include "gateway/app/log_publisher.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <sstream>

#include "gateway/base/limits.hpp"
#include "tests/support/waiting.hpp"

using namespace duenotice;
using namespace duenotice::app;
using namespace std::chrono_literals;

namespace {

/// A journal of `events` and a log that fails for as long as `fault` is set.
struct Scripted {
  std::atomic<std::uint64_t> events = 0, size = 0;
  std::atomic<int> calls = 0;
  std::atomic<ErrorKind> kind = ErrorKind::unavailable;
  std::atomic<bool> fails = false;

  LogPublisher::Publish publish() {
    return [this]() -> Result<evidence::Head> {
      ++calls;
      if (fails) return Error{kind, "the reason"};
      size = std::min(events.load(), size + limits::checkpoint_leaves_most);
      return evidence::Head{size, {}, "note"};
    };
  }
};

std::size_t lines_with(const std::ostringstream& out, std::string_view word) {
  std::size_t count = 0;
  const std::string text = out.str();
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++count;
  return count;
}

}  // namespace

TEST_CASE("A log is published at the start, and after each commit that wakes it") {
  Scripted log;
  Log silent;
  LogPublisher publisher(log.publish(), 1ms, silent);
  REQUIRE(test::eventually([&] { return publisher.standing().size.has_value(); }));
  for (int i = 1; i <= 3; ++i) {
    log.events = static_cast<std::uint64_t>(i);
    publisher.wake();
    REQUIRE(test::eventually([&] { return log.size == log.events; }));
  }
  REQUIRE(test::eventually([&] { return publisher.standing().size == 3u; }));
}

TEST_CASE("Commits within an interval share a checkpoint, and a stop publishes them at once") {
  Scripted log;
  Log silent;
  LogPublisher publisher(log.publish(), 24h, silent);
  REQUIRE(test::eventually([&] { return log.calls == 1; }));
  for (int i = 0; i < 100; ++i) {
    ++log.events;
    publisher.wake();
  }
  CHECK(log.calls == 1);
  publisher.stop();
  CHECK(log.calls == 2);
  CHECK(publisher.standing().size == 100u);
}

TEST_CASE("A long backlog is published without waiting for an interval") {
  Scripted log;
  Log silent;
  log.events = 3 * limits::checkpoint_leaves_most + 7;
  LogPublisher publisher(log.publish(), 24h, silent);
  REQUIRE(test::eventually([&] { return publisher.standing().size == log.events; }));
}

TEST_CASE("A stop publishes a whole backlog too") {
  Scripted log;
  Log silent;
  LogPublisher publisher(log.publish(), 24h, silent);
  REQUIRE(test::eventually([&] { return log.calls == 1; }));
  log.events = 2 * limits::checkpoint_leaves_most + 7;
  publisher.stop();
  CHECK(publisher.standing().size == log.events);
}

TEST_CASE("What may pass is tried again without a commit, and said once") {
  Scripted log;
  log.fails = true;
  log.kind = GENERATE(ErrorKind::unavailable, ErrorKind::no_space);
  std::ostringstream out;
  Log lines(LogLevel::info, LogFormat::json, out);
  {
    LogPublisher publisher(log.publish(), 1ms, lines);
    REQUIRE(test::eventually([&] { return log.calls >= 2; }));
    CHECK(publisher.standing().fault == "the reason");
    CHECK(!publisher.standing().stopped);
    log.fails = false;
    log.events = 5;
    REQUIRE(test::eventually([&] { return publisher.standing().size == 5u; }));
    CHECK(publisher.standing().fault.empty());
  }
  CHECK(lines_with(out, "log_not_published") == 1);
  CHECK(lines_with(out, "log_published_again") == 1);
}

TEST_CASE("A broken log is published no more, and says so once") {
  Scripted log;
  log.fails = true;
  log.kind = ErrorKind::broken;
  std::ostringstream out;
  Log lines(LogLevel::info, LogFormat::json, out);
  {
    LogPublisher publisher(log.publish(), 1ms, lines);
    REQUIRE(test::eventually([&] { return publisher.standing().stopped; }));
    log.fails = false;
    log.events = 5;
    publisher.wake();
    publisher.stop();
    CHECK(publisher.standing().stopped);
    CHECK(publisher.standing().fault == "the reason");
    CHECK(log_json(publisher.standing()) ==
          Json(Json::Object{{"size", Json()}, {"fault", "the reason"}, {"stopped", true}}));
  }
  CHECK(log.calls == 1);
  CHECK(lines_with(out, "log_stopped") == 1);
}
