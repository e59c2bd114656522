#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "gateway/base/time.hpp"

namespace duenotice {

/// An event that publishers are told of, with the facts about its notice or its rejected request that never
/// change. So what is told of an event is the same whenever it is read, however often; of an erased notice
/// nothing is told any more, and of an erased rejection its code alone.
struct PublisherEvent {
  std::int64_t sequence = 0;
  Instant at;
  std::string type;   ///< accepted, rejected, deemed_delivered, notice_held, notice_failed, notice_cancelled
  std::string bytes;  ///< the canonical JSON of the history

  struct OfNotice {
    std::string id;
    std::string source;
    std::string request_id;
    std::optional<std::string> reference;
    std::string agreement;
    std::string agreement_version;
    std::string kind;
    std::string clause;
    std::string account_id;
    std::string time_zone;
    bool sandbox = false;
    std::string also_clauses;       ///< `a, b`
    std::string channels_left_out;  ///< `a, b`
  };
  /// Of every type but `rejected`.
  std::optional<OfNotice> notice;

  struct OfRejection {
    std::string id;
    std::string code;
    std::string pointer;
    std::string message;
    std::string source;      ///< empty when it could not be read
    std::string request_id;  ///< empty when it could not be read
  };
  /// Of `rejected`.
  std::optional<OfRejection> rejection;
};

}  // namespace duenotice
