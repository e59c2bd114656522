// What the embedded queue has beyond the contract: its file, expiry, and several processes at the same file.
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "gateway/base/sqlite.hpp"
#include "queue/embedded_queue.hpp"
#include "tests/contract/queue/bench.hpp"

using namespace duenotice;
using namespace duenotice::queue;
using namespace duenotice::queue::test;
using Catch::Matchers::Contains;

namespace {

class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "duenotice-embedded-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::filesystem::path operator/(const char* name) const { return path_ / name; }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path_), {}));
  }

 private:
  std::filesystem::path path_;
};

class SetClock final : public Clock {
 public:
  Instant now() const override { return now_; }
  void pass(Milliseconds time) { now_ += time; }

 private:
  Instant now_ = from_unix_ms(1'700'000'000'000);
};

EmbeddedOptions options_at(const std::filesystem::path& path) {
  EmbeddedOptions options;
  options.path = path;
  return options;
}

std::unique_ptr<Publisher> publisher_of(const EmbeddedOptions& options, const Clock& clock) {
  auto publisher = open_embedded_publisher(options, clock);
  REQUIRE(publisher.ok());
  return std::move(*publisher);
}

std::unique_ptr<Consumer> consumer_of(const EmbeddedOptions& options) {
  auto consumer = open_embedded_consumer(options);
  REQUIRE(consumer.ok());
  return std::move(*consumer);
}

}  // namespace

TEST_CASE("the file holds personal data: only its owner may read it") {
  const Folder folder;
  const SystemClock clock;
  publisher_of(options_at(folder / "queue"), clock);
  struct stat facts {};
  REQUIRE(::stat((folder / "queue").c_str(), &facts) == 0);
  CHECK((facts.st_mode & 0777) == 0600);
}

TEST_CASE("a file that is something else is refused and left alone") {
  const Folder folder;
  const SystemClock clock;
  std::ofstream(folder / "text") << "this is no database, it is a text that somebody wrote";
  const auto text = open_embedded_publisher(options_at(folder / "text"), clock);
  REQUIRE_FALSE(text.ok());

  { sqlite::Database(folder / "other", sqlite::Database::Mode::create, 0).run("CREATE TABLE t(x)"); }
  const auto other = open_embedded_consumer(options_at(folder / "other"));
  REQUIRE_FALSE(other.ok());
  CHECK(other.error().kind == ErrorKind::invalid);
  CHECK_THAT(other.error().message, Contains("not an embedded queue"));
  sqlite::Database same(folder / "other", sqlite::Database::Mode::read_only, 0);
  CHECK(same.integer("SELECT count(*) FROM sqlite_schema") == 1);
}

TEST_CASE("a folder that does not exist is an error that names the path") {
  const Folder folder;
  const SystemClock clock;
  const auto publisher = open_embedded_publisher(options_at(folder / "missing/queue"), clock);
  REQUIRE_FALSE(publisher.ok());
  CHECK_THAT(publisher.error().message, Contains("missing/queue"));
  CHECK_FALSE(check_embedded_queue(options_at(folder / "missing/queue")).ok());
}

TEST_CASE("a newer schema is refused") {
  const Folder folder;
  const SystemClock clock;
  publisher_of(options_at(folder / "queue"), clock);
  sqlite::Database(folder / "queue", sqlite::Database::Mode::read_write, 0).run("PRAGMA user_version = 99");
  const auto publisher = open_embedded_publisher(options_at(folder / "queue"), clock);
  REQUIRE_FALSE(publisher.ok());
  CHECK(publisher.error().kind == ErrorKind::invalid);
  CHECK_THAT(publisher.error().message, Contains("99"));
}

TEST_CASE("dead letters are listed until they expire, then removed") {
  const Folder folder;
  SetClock clock;
  EmbeddedOptions options = options_at(folder / "queue");
  options.dead_letter_ttl = std::chrono::hours(24);
  const auto publisher = publisher_of(options, clock);
  const DeadLetter first{"a", "code", "/p", "sentence", std::string(json_type), "1"};
  const DeadLetter second{"b", "code", "/p", "sentence", std::string(json_type), "2"};
  REQUIRE(publisher->publish_dead_letters({&first, 1}).ok());
  clock.pass(std::chrono::hours(1));
  REQUIRE(publisher->publish_dead_letters({&second, 1}).ok());
  const auto ids = [&] {
    std::string result;
    const auto letters = list_embedded_dead_letters(options, clock, 10);
    REQUIRE(letters.ok());
    for (const DeadLetter& letter : *letters) result += letter.id;
    return result;
  };
  CHECK(ids() == "ab");
  clock.pass(std::chrono::hours(23));
  CHECK(ids() == "b");
  clock.pass(std::chrono::hours(1));
  CHECK(ids().empty());
  REQUIRE(publisher->publish_dead_letters({&first, 1}).ok());
  sqlite::Database file(folder / "queue", sqlite::Database::Mode::read_only, 1'000);
  CHECK(file.integer("SELECT count(*) FROM dead_letters") == 1);
}

TEST_CASE("a dead letter that is published again is there once") {
  const Folder folder;
  const SystemClock clock;
  const EmbeddedOptions options = options_at(folder / "queue");
  const auto publisher = publisher_of(options, clock);
  const DeadLetter letter{"a", "code", "/p", "sentence", std::string(json_type), "1"};
  REQUIRE(publisher->publish_dead_letters({&letter, 1}).ok());
  REQUIRE(publisher->publish_dead_letters({&letter, 1}).ok());
  CHECK(list_embedded_dead_letters(options, clock, 10)->size() == 1);
}

TEST_CASE("the check counts what waits") {
  const Folder folder;
  const SystemClock clock;
  const EmbeddedOptions options = options_at(folder / "queue");
  publish(*publisher_of(options, clock), "{}");
  const auto found = check_embedded_queue(options);
  REQUIRE(found.ok());
  CHECK_THAT(*found, Contains("requests waiting: 1, dead letters: 0"));
}

TEST_CASE("counting makes no file") {
  const Folder folder;
  const auto counted = count_embedded_requests(options_at(folder / "queue"));
  REQUIRE(!counted.ok());
  CHECK(counted.error().kind == ErrorKind::not_found);
  CHECK(folder.files() == 0);
}

TEST_CASE("consumers leave no files of their own behind") {
  const Folder folder;
  const SystemClock clock;
  const EmbeddedOptions options = options_at(folder / "queue");
  consumer_of(options)->stop();
  const std::size_t files = folder.files();
  for (int round = 0; round < 5; ++round) {
    const auto one = consumer_of(options);
    const auto two = consumer_of(options);
    publish(*publisher_of(options, clock), "{}");
    one->stop();
    two->stop();
  }
  CHECK(folder.files() == files);
}

TEST_CASE("what a stopped consumer acknowledged is gone from the file") {
  const Folder folder;
  const SystemClock clock;
  const EmbeddedOptions options = options_at(folder / "queue");
  const auto publisher = publisher_of(options, clock);
  for (int number = 0; number < 10; ++number) publish(*publisher, "{}");
  const auto consumer = consumer_of(options);
  for (const Message& message : take(*consumer, 10)) consumer->acknowledge(message.tag);
  consumer->stop();
  sqlite::Database file(folder / "queue", sqlite::Database::Mode::read_only, 1'000);
  CHECK(file.integer("SELECT count(*) FROM requests") == 0);
  CHECK(file.integer("SELECT count(*) FROM deliveries") == 0);
  CHECK(file.integer("SELECT count(*) FROM consumers") == 0);
}

TEST_CASE("a file that is damaged ends the work with its reason") {
  const Folder folder;
  const SystemClock clock;
  const EmbeddedOptions options = options_at(folder / "queue");
  publish(*publisher_of(options, clock), "{}");
  const auto consumer = consumer_of(options);
  take(*consumer);
  {
    std::fstream file(folder / "queue", std::ios::in | std::ios::out | std::ios::binary);
    file << std::string(16'384, 'x');
  }
  CHECK(eventually([&] { return !consumer->health().ok(); }));
  CHECK(consumer->health().error().kind == ErrorKind::broken);
  CHECK_THROWS_AS(consumer->next(Milliseconds(10)), sqlite::SqliteError);
}

TEST_CASE("many processes that are killed one after the other lose and double nothing for good") {
  const auto bench = make_bench();
  const auto publisher = bench->publisher();
  for (int number = 0; number < 30; ++number) publish(*publisher, std::to_string(number));
  for (int round = 0; round < 5; ++round) {
    Victim victim(*bench, 30);
    CHECK(victim.taken().size() == 30);
    victim.kill();
  }
  const auto consumer = bench->consumer(Limits{});
  std::vector<Message> all = take(*consumer, 30);
  CHECK(nothing_comes(*consumer));
  for (int number = 0; number < 30; ++number)
    CHECK(all[static_cast<std::size_t>(number)].body == std::to_string(number));
}

TEST_CASE("dead letters that are to be forgotten leave no trace in the queue's files, and others stay") {
  Folder folder;
  SetClock clock;
  const EmbeddedOptions options = options_at(folder / "queue.db");
  CHECK(forget_embedded_dead_letters(options, [](const std::string&) { return true; }).ok());
  CHECK(folder.files() == 0);
  auto publisher = publisher_of(options, clock);
  const auto letter = [](std::string id, std::string body) {
    return DeadLetter{std::move(id),  "unknown_kind",     "/kind",
                      "no such kind", "application/json", std::move(body)};
  };
  const std::vector<DeadLetter> letters = {letter("one", "about zuoli"), letter("two", "about another")};
  REQUIRE(publisher->publish_dead_letters(letters).ok());
  const auto bytes = [&] {
    std::string all;
    for (const char* name : {"queue.db", "queue.db-journal"}) {
      std::ifstream file(folder / name, std::ios::binary);
      all.append(std::istreambuf_iterator<char>(file), {});
    }
    return all;
  };
  CHECK_THAT(bytes(), Contains("zuoli"));
  CHECK(forget_embedded_dead_letters(options, [](const std::string& id) { return id == "one"; }).ok());
  CHECK_THAT(bytes(), !Contains("zuoli") && Contains("another"));
  const auto left = list_embedded_dead_letters(options, clock, 10);
  REQUIRE(left.ok());
  REQUIRE(left->size() == 1);
  CHECK(left->at(0).id == "two");
  REQUIRE(publisher->publish_dead_letters({&letters[0], 1}).ok());
}
