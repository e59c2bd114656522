#include "gateway/app/event_filter.hpp"

#include <charconv>

#include "gateway/pipeline/status_event.hpp"

namespace duenotice::app {
namespace {

/// Decimal, also with the zeros in front that a status event's own `sequence` has.
std::optional<std::int64_t> sequence_number(const std::string& text) {
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, fault] = std::from_chars(text.data(), end, number);
  if (fault != std::errc() || stop != end || number < 0) return std::nullopt;
  return number;
}

std::string states() {
  std::string list;
  for (const StatusType& type : status_types()) {
    const bool last = type.state == status_types().back().state;
    list += (list.empty() ? "" : last ? " or " : ", ") + std::string(type.state);
  }
  return list;
}

}  // namespace

Result<EventFilter> make_filter(const EventsArguments& arguments) {
  EventFilter filter;
  filter.limit = arguments.limit;
  if (arguments.after) {
    const auto after = sequence_number(*arguments.after);
    if (!after)
      return Error{ErrorKind::invalid,
                   "--after must be the sequence of an event, not \"" + *arguments.after + "\""};
    filter.after = *after;
  }
  if (arguments.type) {
    const auto type = find_status_type(*arguments.type);
    if (!type)
      return Error{ErrorKind::invalid, "--type must be " + states() + ", not \"" + *arguments.type + "\""};
    filter.type = type->in_history;
  }
  return filter;
}

}  // namespace duenotice::app
