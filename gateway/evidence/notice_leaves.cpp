#include "gateway/evidence/notice_leaves.hpp"

#include <algorithm>

#include "gateway/base/assert.hpp"
#include "gateway/base/json_members.hpp"

namespace duenotice::evidence {
namespace {

bool is_of_type(const Json& event, std::string_view type) {
  const std::string* found = find_text(event, "type");
  return found != nullptr && *found == type;
}

/// The event that accepted the notice lists its deliveries, each with its own mark.
bool marks_sandbox(const Json& event) {
  const Json* deliveries = event.find("deliveries");
  const Json::Array* list = deliveries == nullptr ? nullptr : deliveries->as_array();
  return flag_at(event, "sandbox") ||
         (list != nullptr &&
          std::any_of(list->begin(), list->end(), [](const Json& one) { return flag_at(one, "sandbox"); }));
}

}  // namespace

void NoticeLeaves::add(std::uint64_t index, Json event) { events_.insert_or_assign(index, std::move(event)); }

const Json* NoticeLeaves::find(std::string_view type) const {
  const auto found = std::find_if(events_.begin(), events_.end(),
                                  [&](const auto& each) { return is_of_type(each.second, type); });
  return found == events_.end() ? nullptr : &found->second;
}

std::size_t NoticeLeaves::count(std::string_view type) const {
  return static_cast<std::size_t>(std::count_if(
      events_.begin(), events_.end(), [&](const auto& each) { return is_of_type(each.second, type); }));
}

std::uint64_t NoticeLeaves::decisive() const {
  DN_ASSERT(!events_.empty());
  const auto found = std::find_if(events_.begin(), events_.end(), [](const auto& each) {
    return is_of_type(each.second, "deemed_delivered");
  });
  return found == events_.end() ? events_.rbegin()->first : found->first;
}

bool NoticeLeaves::rests_on_sandbox() const {
  const Json* deemed = find("deemed_delivered");
  return deemed == nullptr ? names_sandbox() : flag_at(*deemed, "sandbox");
}

bool NoticeLeaves::names_sandbox() const {
  return std::any_of(events_.begin(), events_.end(),
                     [](const auto& each) { return marks_sandbox(each.second); });
}

std::optional<std::int64_t> NoticeLeaves::revision_of(const Json& event) const {
  for (const auto& [index, other] : events_) {
    if (!is_of_type(other, "attempt_started") || text_at(other, "channel") != text_at(event, "channel") ||
        number_at(other, "attempt", -1) != number_at(event, "attempt", -2))
      continue;
    return number_at(other, "revision");
  }
  return std::nullopt;
}

}  // namespace duenotice::evidence
