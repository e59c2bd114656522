#include "gateway/pipeline/event_log.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace duenotice {
namespace {

constexpr std::array for_debugging{events::dead_letter_published};

constexpr std::array for_a_look{std::string_view("unknown"), std::string_view("permanent_failure"),
                                events::lead_time_broken,    events::delivery_held,
                                events::delivery_failed,     events::notice_held,
                                events::notice_failed,       events::relay_overdue,
                                events::commit_overran,      events::breaker_opened};

/// The journal and the program itself log these at once, whether they can be recorded or not.
constexpr std::array logged_elsewhere{events::epoch_started, events::space_low, events::space_restored};

template <std::size_t count>
bool is_among(const std::array<std::string_view, count>& types, std::string_view type) {
  return std::find(types.begin(), types.end(), type) != types.end();
}

/// A line has an instant of its own; lists and digests are for the record.
bool belongs_into_a_line(std::string_view key, const Json& fact) {
  const bool is_plain = fact.as_array() == nullptr && fact.as_object() == nullptr;
  return is_plain && !fact.is_null() && key != "at" && !key.ends_with("_at") && !key.ends_with("digest");
}

LogLevel level_of(std::string_view type) {
  if (is_among(for_debugging, type)) return LogLevel::debug;
  return is_among(for_a_look, type) ? LogLevel::warning : LogLevel::info;
}

}  // namespace

void log_event(Log& log, const Event& event) {
  const LogLevel level = level_of(event.type);
  if (!log.logs(level) || is_among(logged_elsewhere, event.type)) return;
  std::vector<LogField> fields;
  if (!event.notice_id.empty()) fields.push_back({"notice", event.notice_id});
  for (const auto& [key, fact] : *event.facts.as_object()) {
    if (belongs_into_a_line(key, fact)) fields.push_back({key, fact});
  }
  log.write(level, event.type, fields);
}

}  // namespace duenotice
