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

}  // namespace duenotice::app
