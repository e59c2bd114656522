#include "queue/embedded_claims.hpp"

#include <algorithm>
#include <utility>

#include "gateway/base/assert.hpp"
#include "queue/embedded_file.hpp"

namespace duenotice::queue {
namespace {

std::int64_t sql(std::uint64_t number) { return static_cast<std::int64_t>(number); }

// Oldest first, those given back among them at their old place. The body comes last and is only read for rows
// that pass the condition.
constexpr const char* next_requests =
    "SELECT r.id, r.content_type, d.request IS NOT NULL, r.body"
    " FROM requests r LEFT JOIN deliveries d ON d.request = r.id"
    " WHERE d.consumer IS NULL ORDER BY r.id";

}  // namespace

Result<EmbeddedClaims> EmbeddedClaims::open(const std::filesystem::path& path, Random& random) {
  auto database = open_embedded_file(path);
  if (!database) return database.error();
  auto seat = EmbeddedSeat::take(path, random);
  if (!seat) return seat.error();
  return EmbeddedClaims(path, std::move(*database), std::move(*seat));
}

EmbeddedClaims::EmbeddedClaims(std::filesystem::path path, sqlite::Database database, EmbeddedSeat seat)
    : path_(std::move(path)), database_(std::move(database)), seat_(std::move(seat)) {
  data_version_ = database_.prepare("PRAGMA data_version");
  delete_request_ = database_.prepare("DELETE FROM requests WHERE id = ?1");
  delete_delivery_ = database_.prepare("DELETE FROM deliveries WHERE request = ?1");
  next_requests_ = database_.prepare(next_requests);
  insert_delivery_ = database_.prepare("REPLACE INTO deliveries(request, consumer) VALUES(?1, ?2)");
  consumers_ = database_.prepare("SELECT id FROM consumers WHERE id <> ?1");
  EmbeddedTransaction transaction(database_);
  database_.prepare("INSERT INTO consumers(id) VALUES(?1)").bind(1, sql(seat_.number())).run();
  transaction.commit();
}

bool EmbeddedClaims::worth_a_look() {
  data_version_.step();
  const std::int64_t version = data_version_.integer(0);
  data_version_.reset();
  if (version != seen_version_) return true;
  return std::any_of(others_.begin(), others_.end(), [&](std::uint64_t other) {
    auto seat = EmbeddedSeat::take_over(path_, other);
    if (seat) seat->remove();
    return seat.ok();
  });
}

EmbeddedClaims::Batch EmbeddedClaims::exchange(std::span<const std::uint64_t> acknowledged, Room room) {
  EmbeddedTransaction transaction(database_);
  remove(acknowledged);
  std::vector<EmbeddedSeat> dead = give_back_of_the_dead();
  Batch batch = claim(room);
  data_version_.step();
  const std::int64_t version = data_version_.integer(0);
  data_version_.reset();
  transaction.commit();
  seen_version_ = version;
  for (EmbeddedSeat& seat : dead) seat.remove();
  return batch;
}

void EmbeddedClaims::leave(std::span<const std::uint64_t> acknowledged) {
  EmbeddedTransaction transaction(database_);
  remove(acknowledged);
  give_back(seat_.number());
  transaction.commit();
  seat_.remove();
}

void EmbeddedClaims::remove(std::span<const std::uint64_t> acknowledged) {
  for (const std::uint64_t tag : acknowledged) {
    delete_request_.bind(1, sql(tag)).run();
    delete_delivery_.bind(1, sql(tag)).run();
  }
}

void EmbeddedClaims::give_back(std::uint64_t consumer) {
  database_.prepare("UPDATE deliveries SET consumer = NULL WHERE consumer = ?1").bind(1, sql(consumer)).run();
  database_.prepare("DELETE FROM consumers WHERE id = ?1").bind(1, sql(consumer)).run();
}

std::vector<EmbeddedSeat> EmbeddedClaims::give_back_of_the_dead() {
  std::vector<EmbeddedSeat> dead;
  others_ = other_consumers();
  for (const std::uint64_t other : others_) {
    auto seat = EmbeddedSeat::take_over(path_, other);
    if (!seat) continue;
    give_back(other);
    dead.push_back(std::move(*seat));
  }
  std::erase_if(others_, [&](std::uint64_t other) {
    return std::any_of(dead.begin(), dead.end(),
                       [&](const EmbeddedSeat& seat) { return seat.number() == other; });
  });
  return dead;
}

EmbeddedClaims::Batch EmbeddedClaims::claim(Room room) {
  Batch batch;
  while (room.messages > 0) {
    batch.exhausted = !next_requests_.step();
    if (batch.exhausted) break;
    Message message;
    message.body = next_requests_.text(3);
    batch.exhausted = !room.take(message.body.size());
    if (batch.exhausted) break;
    message.tag = static_cast<std::uint64_t>(next_requests_.integer(0));
    message.content_type = next_requests_.text(1);
    message.redelivered = next_requests_.integer(2) != 0;
    batch.messages.push_back(std::move(message));
  }
  next_requests_.reset();
  for (const Message& message : batch.messages) {
    insert_delivery_.bind(1, sql(message.tag)).bind(2, sql(seat_.number())).run();
  }
  return batch;
}

std::vector<std::uint64_t> EmbeddedClaims::other_consumers() {
  std::vector<std::uint64_t> others;
  consumers_.bind(1, sql(seat_.number()));
  while (consumers_.step()) others.push_back(static_cast<std::uint64_t>(consumers_.integer(0)));
  return others;
}

}  // namespace duenotice::queue
