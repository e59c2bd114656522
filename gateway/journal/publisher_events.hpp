#pragma once
#include <string_view>
#include <vector>

#include "gateway/base/sqlite.hpp"
#include "gateway/journal/publisher_event.hpp"

namespace duenotice {

/// Reads the events that publishers are told of, in the order of their sequence, by an index of exactly
/// these: the cost depends on the rows read, not on how many events there are.
class PublisherEvents {
 public:
  /// `database` outlives this object.
  explicit PublisherEvents(sqlite::Database& database);

  /// At most `most` behind the sequence number `after`; of one type when `type` is not empty.
  std::vector<PublisherEvent> read(std::int64_t after, int most, std::string_view type = {});

 private:
  PublisherEvent::OfRejection rejection(const PublisherEvent& event);

  sqlite::Statement events_, rejection_;
};

}  // namespace duenotice
