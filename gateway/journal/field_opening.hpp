#pragma once
#include <optional>
#include <string>

namespace duenotice {

/// What a commitment of an event's bytes binds to, and the key that shows it (gateway/evidence/FORMAT.md).
struct FieldOpening {
  std::string field;
  std::string opening;  ///< 32 bytes; empty where it was altered or belongs to another commitment
  std::optional<std::string> payload;  ///< nothing where it is not in the journal any more
};

}  // namespace duenotice
