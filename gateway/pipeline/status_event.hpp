#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gateway/journal/transaction.hpp"
#include "queue/queue.hpp"

/// What publishers are told: each event of the history that a publisher acts on, as a CloudEvents 1.0 event
/// in JSON. `gateway/notice/asyncapi.yaml` describes every field.

namespace duenotice {

/// A state that publishers are told of, and the type of its events in the history. The event that is
/// published has the type `duenotice.notice.<state>.v1`.
struct StatusType {
  std::string_view state;
  std::string_view in_history;
};
std::span<const StatusType> status_types();
/// `word` is the state or the published type; empty when there is none like it.
std::optional<StatusType> find_status_type(std::string_view word);

/// A pure function: the same event gives the same bytes whenever it is published, and the same id, by which a
/// reader recognises one that comes twice. `source` is the CloudEvents source, a URI reference. Holds no
/// address and no content of a notice. `broken` when the event's bytes are damaged.
Result<queue::StatusEvent> status_event(const PublisherEvent& event, std::string_view source);

}  // namespace duenotice
