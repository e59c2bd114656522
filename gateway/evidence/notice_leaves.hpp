#pragma once
#include <map>
#include <optional>

#include "gateway/base/json.hpp"

namespace duenotice::evidence {

/// The events of one notice as their leaves have them, in the order of the log, and what follows from them
/// alone. Whoever makes a bundle and whoever checks one ask the same questions here.
class NoticeLeaves {
 public:
  /// In any order; `event` is an object.
  void add(std::uint64_t index, Json event);

  const std::map<std::uint64_t, Json>& events() const { return events_; }
  /// The event of this type; null when there is none. The first where there are several.
  const Json* find(std::string_view type) const;
  std::size_t count(std::string_view type) const;
  /// The index of the event that counts: the one that set the legal date, else the last. Asserts that there
  /// are events.
  std::uint64_t decisive() const;
  /// What the legal date rests on, or where there is none some channel, was a sandbox: nobody got anything.
  bool rests_on_sandbox() const;
  /// Some channel was a sandbox, whether the date rests on it or not.
  bool names_sandbox() const;
  /// The revision of the message that the attempt of this event handed over.
  std::optional<std::int64_t> revision_of(const Json& event) const;

 private:
  std::map<std::uint64_t, Json> events_;
};

}  // namespace duenotice::evidence
