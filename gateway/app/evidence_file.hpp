#pragma once
#include "gateway/app/arguments.hpp"
#include "gateway/app/terminal.hpp"
#include "gateway/journal/journal_reader.hpp"

namespace duenotice::app {

/// `show --evidence`: the file that was kept with a person's decision, byte for byte (recorded_bytes.hpp).
/// Named is the channel, whose newest evidence is meant, or the id of the decision. Returns the exit code.
int print_evidence(const Terminal& terminal, JournalReader& reader, const NoticeFile& file,
                   const ShowArguments& arguments);

}  // namespace duenotice::app
