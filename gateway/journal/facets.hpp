#pragma once
#include <optional>
#include <queue>
#include <set>
#include <string>
#include <vector>

#include "gateway/base/sqlite.hpp"
#include "gateway/notice/channel.hpp"

namespace duenotice {

/// The combinations that notices are listed by (the table `facets`).
class Facets {
 public:
  /// `database` outlives this object.
  explicit Facets(sqlite::Database& database);

  /// Those whose notices are given under this clause too, beside the one that demands them.
  std::set<std::int64_t> also_under(const std::string& clause);

  /// Those that fit; what is absent fits always.
  std::set<std::int64_t> fitting(const std::optional<std::string>& agreement,
                                 const std::optional<std::string>& kind,
                                 const std::optional<Channel>& channel);

 private:
  sqlite::Statement facets_, also_under_;
};

/// The newest `limit` places of several ranges, each of which is offered from its newest on.
template <class Place>
class Newest {
 public:
  explicit Newest(std::size_t limit) : limit_(limit) {}

  /// False when this place is too old, and so is all that its range still has.
  bool offer(const Place& place) {
    if (limit_ == 0) return false;
    if (places_.size() == limit_) {
      if (place < places_.top()) return false;
      places_.pop();
    }
    places_.push(place);
    return true;
  }

  /// What was kept, the newest first.
  std::vector<Place> take() {
    std::vector<Place> taken(places_.size());
    for (auto place = taken.rbegin(); place != taken.rend(); ++place, places_.pop()) *place = places_.top();
    return taken;
  }

 private:
  const std::size_t limit_;
  std::priority_queue<Place, std::vector<Place>, std::greater<>> places_;  ///< the oldest on top
};

}  // namespace duenotice
