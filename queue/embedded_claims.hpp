#pragma once
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "gateway/base/result.hpp"
#include "gateway/base/sqlite.hpp"
#include "queue/embedded_seat.hpp"
#include "queue/prefetch_window.hpp"
#include "queue/queue.hpp"

namespace duenotice::queue {

/// What one consumer does to the file of the embedded queue. Everything that is due happens in one
/// transaction: what was acknowledged is deleted, the messages of consumers that died are given back, the
/// next ones are claimed. So the cost of making it durable is paid once a batch. One thread at a time;
/// failures throw SqliteError.
class EmbeddedClaims {
 public:
  /// Takes a seat at the queue.
  static Result<EmbeddedClaims> open(const std::filesystem::path& path, Random& random);

  struct Batch {
    /// Claimed for this consumer; the tag is the row's id and never used again.
    std::vector<Message> messages;
    bool exhausted = false;  ///< no message is left that fits into the room
  };
  Batch exchange(std::span<const std::uint64_t> acknowledged, Room room);

  /// Whether another process has changed the file since the last exchange, or a consumer died. Reads one
  /// page.
  bool worth_a_look();

  /// Acknowledges, gives back whatever else this consumer holds, and leaves the seat. The last call.
  void leave(std::span<const std::uint64_t> acknowledged);

 private:
  EmbeddedClaims(std::filesystem::path path, sqlite::Database database, EmbeddedSeat seat);
  void remove(std::span<const std::uint64_t> acknowledged);
  void give_back(std::uint64_t consumer);
  std::vector<EmbeddedSeat> give_back_of_the_dead();
  Batch claim(Room room);
  std::vector<std::uint64_t> other_consumers();

  std::filesystem::path path_;
  sqlite::Database database_;
  EmbeddedSeat seat_;
  sqlite::Statement data_version_;
  sqlite::Statement delete_request_;
  sqlite::Statement delete_delivery_;
  sqlite::Statement next_requests_;
  sqlite::Statement insert_delivery_;
  sqlite::Statement consumers_;
  std::vector<std::uint64_t> others_;  ///< as of the last exchange
  std::int64_t seen_version_ = -1;
};

}  // namespace duenotice::queue
