#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "gateway/app/arguments.hpp"
#include "gateway/base/result.hpp"

namespace duenotice::app {

/// Which status events to print.
struct EventFilter {
  std::int64_t after = 0;  ///< a sequence number
  std::string type;        ///< of the history; empty: all
  std::optional<std::int64_t> limit;
};

/// An error names the option.
Result<EventFilter> make_filter(const EventsArguments& arguments);

}  // namespace duenotice::app
