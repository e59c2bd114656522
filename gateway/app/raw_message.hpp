#pragma once
#include "gateway/app/arguments.hpp"
#include "gateway/app/terminal.hpp"
#include "gateway/journal/journal_reader.hpp"

namespace duenotice::app {

/// Which revision of a channel's message a person means who names none: the one of the sending that made the
/// legal date, else of the first attempt that was sent, else the newest. `not_found` with what there is.
Result<int> revision_meant(const NoticeFile& file, Channel channel, int asked);

/// `show --raw`: the exact bytes on `out` and nothing else, their recorded SHA-256 and what they are on
/// `err`. Bytes that have not the recorded digest are `broken`. Returns the exit code.
int print_raw_message(const Terminal& terminal, JournalReader& reader, const NoticeFile& file,
                      const ShowArguments& arguments);

}  // namespace duenotice::app
