#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/digest.hpp"
#include "gateway/notice/event.hpp"

namespace duenotice {

/// How the opening of one protected field stands in the journal's table `openings`. The records of an event
/// follow each other in one blob; numbers are big-endian:
///
///     1 byte    length of the field's name, and the name
///     1 byte    the payload's place (PayloadPlace)
///     8 bytes   the payload's row there; 0 where it lies with the opening
///     4 bytes   length of the secret, and the secret
struct OpeningRecord {
  std::string field;
  PayloadPlace place = PayloadPlace::opening;
  std::int64_t row = 0;
  std::string secret;  ///< sealed: the 32 bytes of the opening, and the payload where `place` is `opening`
};

/// What a secret is bound to: the id of the notice (none in an event of the gateway itself), the field's
/// name, the 32 bytes of the commitment.
std::string opening_bound_to(std::string_view notice_id, std::string_view field, const Digest& commitment);

void append_record(const OpeningRecord& record, std::string& records);

/// The opposite; throws `SqliteError` of kind `corrupt` for anything that `append_record` does not write.
std::vector<OpeningRecord> read_records(std::string_view records);

}  // namespace duenotice
