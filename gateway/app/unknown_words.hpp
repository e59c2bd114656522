#pragma once
#include <optional>
#include <string>

#include "gateway/app/commands.hpp"
#include "gateway/journal/journal_reader.hpp"

namespace duenotice::app {

/// Says so where a filter names a kind or an agreement that nobody knows: neither the agreements on disk nor
/// any notice. Mistakes in the agreements are no business of a listing: then nothing is known to be unknown.
void explain_unknown_words(const Context& context, JournalReader& reader,
                           const std::optional<std::string>& kind,
                           const std::optional<std::string>& agreement);

/// The same of a clause under which no notice is given; it is asked for where nothing fitted.
void explain_unknown_clause(const Context& context, JournalReader& reader, const std::string& clause);

}  // namespace duenotice::app
