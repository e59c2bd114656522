#include "queue/embedded_queue.hpp"

#include <utility>

#include "queue/embedded_claims.hpp"
#include "queue/embedded_consumer.hpp"
#include "queue/embedded_file.hpp"

namespace duenotice::queue {
namespace {

class EmbeddedPublisher final : public Publisher {
 public:
  EmbeddedPublisher(const EmbeddedOptions& options, const Clock& clock, sqlite::Database database)
      : path_(options.path), ttl_(options.dead_letter_ttl), clock_(clock), database_(std::move(database)) {
    insert_request_ = database_.prepare("INSERT INTO requests(content_type, body) VALUES(?1, ?2)");
    insert_letter_ = database_.prepare(
        "REPLACE INTO dead_letters(id, code, pointer, message, content_type, body, expires_at)"
        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    delete_expired_ = database_.prepare("DELETE FROM dead_letters WHERE expires_at <= ?1");
  }

  Status publish_request(std::string_view content_type, std::string_view body) override {
    const OutgoingRequest request{content_type, body};
    return publish_requests({&request, 1});
  }

  Status publish_requests(std::span<const OutgoingRequest> requests) override {
    for (const OutgoingRequest& request : requests) {
      if (request.body.size() > limits::body_bytes_ceiling) return too_large(request.body.size());
    }
    return committed([&] {
      for (const OutgoingRequest& request : requests) {
        insert_request_.bind(1, request.content_type).bind_blob(2, request.body).run();
      }
    });
  }

  Status publish_dead_letters(std::span<const DeadLetter> letters) override {
    return committed([&] {
      const std::int64_t now = to_unix_ms(clock_.now());
      delete_expired_.bind(1, now).run();
      for (const DeadLetter& letter : letters) {
        insert_letter_.bind(1, letter.id)
            .bind(2, letter.code)
            .bind(3, letter.pointer)
            .bind(4, letter.message);
        insert_letter_.bind(5, letter.content_type)
            .bind_blob(6, letter.body)
            .bind(7, now + ttl_.count())
            .run();
      }
    });
  }

 private:
  static Error too_large(std::size_t size) {
    return Error{ErrorKind::invalid, "a body of " + std::to_string(size) +
                                         " bytes is not taken; the most is " +
                                         std::to_string(limits::body_bytes_ceiling)};
  }

  template <class Work>
  Status committed(Work work) {
    try {
      EmbeddedTransaction transaction(database_);
      work();
      transaction.commit();
      return Done{};
    } catch (const sqlite::SqliteError& failure) {
      return embedded_error(failure, path_);
    }
  }

  const std::filesystem::path path_;
  const Milliseconds ttl_;
  const Clock& clock_;
  sqlite::Database database_;
  sqlite::Statement insert_request_;
  sqlite::Statement insert_letter_;
  sqlite::Statement delete_expired_;
};

/// Runs `work` and turns what SQLite throws into the error that callers of a factory expect.
template <class Work>
auto caught(const EmbeddedOptions& options, Work work) -> decltype(work()) {
  try {
    return work();
  } catch (const sqlite::SqliteError& failure) {
    return embedded_error(failure, options.path);
  }
}

DeadLetter letter_of(const sqlite::Statement& row) {
  return DeadLetter{row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5)};
}

}  // namespace

Result<std::unique_ptr<Consumer>> open_embedded_consumer(const EmbeddedOptions& options) {
  return caught(options, [&]() -> Result<std::unique_ptr<Consumer>> {
    SystemRandom random;
    auto claims = EmbeddedClaims::open(options.path, random);
    if (!claims) return claims.error();
    return std::unique_ptr<Consumer>(std::make_unique<EmbeddedConsumer>(options, std::move(*claims)));
  });
}

Result<std::unique_ptr<Publisher>> open_embedded_publisher(const EmbeddedOptions& options,
                                                           const Clock& clock) {
  return caught(options, [&]() -> Result<std::unique_ptr<Publisher>> {
    auto database = open_embedded_file(options.path);
    if (!database) return database.error();
    return std::unique_ptr<Publisher>(
        std::make_unique<EmbeddedPublisher>(options, clock, std::move(*database)));
  });
}

Result<std::vector<DeadLetter>> list_embedded_dead_letters(const EmbeddedOptions& options, const Clock& clock,
                                                           int most) {
  return caught(options, [&]() -> Result<std::vector<DeadLetter>> {
    auto database = open_embedded_file(options.path);
    if (!database) return database.error();
    sqlite::Statement rows = database->prepare(
        "SELECT id, code, pointer, message, content_type, body FROM dead_letters"
        " WHERE expires_at > ?1 ORDER BY expires_at, id LIMIT ?2");
    rows.bind(1, to_unix_ms(clock.now())).bind(2, most);
    std::vector<DeadLetter> letters;
    while (rows.step()) letters.push_back(letter_of(rows));
    return letters;
  });
}

Status forget_embedded_dead_letters(const EmbeddedOptions& options,
                                    const std::function<bool(const std::string& id)>& is_to_go) {
  std::error_code ignored;
  if (!std::filesystem::exists(options.path, ignored)) return Done{};
  return caught(options, [&]() -> Status {
    auto database = open_embedded_file(options.path);
    if (!database) return database.error();
    // Nothing of what is written over stays in the file's own journal either.
    database->run("PRAGMA journal_size_limit = 0");
    database->run("PRAGMA secure_delete = ON");
    std::vector<std::string> ids;
    sqlite::Statement rows = database->prepare("SELECT id FROM dead_letters");
    while (rows.step()) {
      if (is_to_go(rows.text(0))) ids.push_back(rows.text(0));
    }
    sqlite::Statement remove = database->prepare("DELETE FROM dead_letters WHERE id = ?1");
    EmbeddedTransaction transaction(*database);
    for (const std::string& id : ids) remove.bind(1, id).run();
    transaction.commit();
    const std::int64_t bytes = database->integer("PRAGMA page_count") * database->integer("PRAGMA page_size");
    if (bytes <= limits::rewritten_journal_bytes) database->run("VACUUM");
    return Done{};
  });
}

/// Requests are given out in the order of their ids and removed only after that. So those above every id that
/// was ever given out and is still there have no gaps; below it only what was given back waits.
Result<std::int64_t> count_embedded_requests(const EmbeddedOptions& options) {
  std::error_code ignored;
  if (!std::filesystem::exists(options.path, ignored))
    return Error{ErrorKind::not_found, "there is no embedded queue at " + options.path.string() + " yet"};
  return caught(options, [&]() -> Result<std::int64_t> {
    auto database = open_embedded_file(options.path);
    if (!database) return database.error();
    return database->integer(
        "SELECT (SELECT count(*) FROM deliveries WHERE consumer IS NULL) + coalesce("
        "(SELECT max(id) FROM requests) + 1 - (SELECT min(id) FROM requests WHERE id > "
        "(SELECT coalesce(max(request), 0) FROM deliveries)), 0)");
  });
}

Result<std::string> check_embedded_queue(const EmbeddedOptions& options) {
  return caught(options, [&]() -> Result<std::string> {
    auto database = open_embedded_file(options.path);
    if (!database) return database.error();
    EmbeddedTransaction can_be_locked(*database);
    return "requests waiting: " + std::to_string(database->integer("SELECT count(*) FROM requests")) +
           ", dead letters: " + std::to_string(database->integer("SELECT count(*) FROM dead_letters")) +
           " (" + options.path.string() + ")";
  });
}

}  // namespace duenotice::queue
