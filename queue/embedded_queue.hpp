#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gateway/base/clock.hpp"
#include "gateway/base/limits.hpp"
#include "queue/queue.hpp"

/// The queue for one machine that needs no broker: a SQLite file which several processes use at once,
/// `duenotice submit` to publish and `duenotice serve` to consume. Same contract as RabbitMQ.
///
/// - Durable: a publish that returned a value survives a crash of the machine, and so does an acknowledgement
///   that was carried out.
/// - A consumer that dies, even by `kill -9`, frees a lock on a small file beside the queue
///   (`<path>.consumer-<n>`); the others notice within limits::embedded_poll, and its messages come again
///   with `redelivered`.
/// - A consumer with nothing to do looks every limits::embedded_poll whether another process has changed the
///   file.
/// - Everybody who uses it needs write access to the file and its folder. It is made with mode 0600.
/// - The path must be on a local file system: locks of network file systems cannot be relied upon.
///
/// A full disk or a file that stays locked shows in `health` and is tried again. Any other failure of the
/// file means that the environment is broken: `next` throws sqlite::SqliteError, and so the process ends with
/// the reason.

namespace duenotice::queue {

struct EmbeddedOptions {
  std::filesystem::path path;
  int prefetch = limits::prefetch_default;                         ///< messages, at least 1
  std::size_t prefetch_bytes = limits::prefetch_bytes_default;     ///< bytes, at least 1
  Milliseconds dead_letter_ttl = limits::dead_letter_ttl_default;  ///< after it a dead letter is removed
};

/// Makes the file when it does not exist (its folder must). `invalid` when it is not an embedded queue.
Result<std::unique_ptr<Consumer>> open_embedded_consumer(const EmbeddedOptions& options);
Result<std::unique_ptr<Publisher>> open_embedded_publisher(const EmbeddedOptions& options,
                                                           const Clock& clock);

/// The dead letters that have not expired, oldest expiry first, at most `most`.
Result<std::vector<DeadLetter>> list_embedded_dead_letters(const EmbeddedOptions& options, const Clock& clock,
                                                           int most);

/// Removes every dead letter with an id of which `is_to_go` says so, and then all that was removed before
/// from the file's free space and its journal; a file of more than limits::rewritten_journal_bytes is left as
/// it is there. Does nothing where there is no file. `unavailable` while others use it.
Status forget_embedded_dead_letters(const EmbeddedOptions& options,
                                    const std::function<bool(const std::string& id)>& is_to_go);

/// Requests that no consumer has been given yet. Costs the same however many there are. `not_found` when
/// there is no such file.
Result<std::int64_t> count_embedded_requests(const EmbeddedOptions& options);

/// For `doctor`: whether the file can be opened and written, with a sentence on what is in it.
Result<std::string> check_embedded_queue(const EmbeddedOptions& options);

}  // namespace duenotice::queue
