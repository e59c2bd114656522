#pragma once
#include <memory>

#include "gateway/app/configuration.hpp"
#include "gateway/app/terminal.hpp"
#include "gateway/journal/completeness.hpp"
#include "gateway/journal/journal_reader.hpp"

namespace duenotice::app {

/// Where the master keys of the journal are: in the environment, in the configured file, among the
/// credentials that systemd hands over, or beside the journal.
MasterKeySource master_keys_of(const JournalSettings& settings);

/// Opens the journal for a command that reads it. `not_found` only where there surely is none yet; where this
/// user has no right to read it, or to see whether it is there, the error is `broken` and says so.
Result<std::unique_ptr<JournalReader>> open_journal(const JournalSettings& settings);

/// The same for the numbers of requests, which are not sealed.
Result<Completeness> open_completeness(const JournalSettings& settings);

/// For a command that shows what is sealed: says on `err` why it cannot, where it cannot.
void say_what_is_sealed(const Terminal& terminal, JournalReader& reader);

}  // namespace duenotice::app
