#pragma once
#include <string>
#include <string_view>
#include <vector>

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
  std::string secret;  ///< the 32 bytes of the opening, and the payload where `place` is `opening`
};

void append_record(const OpeningRecord& record, std::string& records);

/// The opposite; throws `SqliteError` of kind `corrupt` for anything that `append_record` does not write.
std::vector<OpeningRecord> read_records(std::string_view records);

}  // namespace duenotice
