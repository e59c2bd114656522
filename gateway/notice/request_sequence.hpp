#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace duenotice {

/// The number that a publisher gave to a request, so that one which never came is missed: the CloudEvents
/// extension `sequence` with the `sequencetype` `Integer`, which starts with 1 and rises by 1 for each event
/// of a source.
struct RequestSequence {
  std::string source;
  std::int64_t number = 0;  ///< 1 to limits::sequence_most
  std::string request_id;
  bool operator==(const RequestSequence&) const = default;
};

/// Reads it from a message's body, also from that of a request that will be rejected. Empty where the
/// publisher counts nothing, and where source, id or number cannot be read: then the number is missed, which
/// is what a person should see; a notice is never refused for its number.
std::optional<RequestSequence> published_sequence(std::string_view body, std::size_t body_bytes);

}  // namespace duenotice
