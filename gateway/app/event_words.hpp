#pragma once
#include <string>

#include "gateway/app/phrases.hpp"
#include "gateway/journal/journal_reader.hpp"

namespace duenotice::app {

/// A line of a notice's history for people: what happened, and the facts that say what it is about (channel,
/// attempt, code, dates). English has the stable words of the journal. Not made visible.
std::string in_words(Language language, const StoredEvent& event);

/// The phrase for a kind of receipt: a carrier's "accepted" is another thing than this gateway's.
std::string_view receipt_words(std::string_view kind);

}  // namespace duenotice::app
