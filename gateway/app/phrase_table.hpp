#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace duenotice::app {

struct Phrase {
  std::string_view english;
  std::string_view chinese;
};

/// Whole sentences: what doctor finds, what preview warns of, what to do next. Words and headings are in
/// phrases.cpp.
std::span<const Phrase> sentences();
/// What waits for a person, what that person decides, and how a replay goes.
std::span<const Phrase> operator_phrases();
/// What stands on a certificate and nowhere else.
std::span<const Phrase> certificate_phrases();
/// About the master key, and what cannot be shown without it.
std::span<const Phrase> key_sentences();
/// What is kept about an account, and how it ends.
std::span<const Phrase> erasure_sentences();
/// What `verify` says.
std::span<const Phrase> check_phrases();

/// What goes wrong, and other texts that arrive with their values in them. The places of each stand in order.
/// Orders of people, their filters and what they name in vain.
std::span<const Phrase> order_errors();
/// Why requests are refused, and what keeps them from being published or previewed.
std::span<const Phrase> request_errors();
/// Mistakes in agreements, their texts and the calendar.
std::span<const Phrase> agreement_errors();
/// Mistakes in the configuration.
std::span<const Phrase> configuration_errors();
/// The journal with its keys, the control socket and the queue.
std::span<const Phrase> journal_errors();
/// The evidence log, its files and its proofs.
std::span<const Phrase> evidence_errors();
/// Time stamps, witnesses, whom one trusts, and the documents that are made of all that.
std::span<const Phrase> seal_errors();
/// Mail servers, Kannel, and the descriptions of SMS providers.
std::span<const Phrase> channel_errors();
/// The words of a command line, files, and forms so general that they come last.
std::span<const Phrase> common_errors();

/// The tables of what goes wrong. The first phrase of the form of a text says it, so the special come before
/// the general.
std::vector<std::span<const Phrase>> error_tables();

/// `phrase` with `arguments` in its places. A place that has none, and any other brace, stays as it is.
std::string filled(std::string_view phrase, const std::vector<std::string>& arguments);

/// All of them, and the words of phrases.cpp before them. A phrase stands in one table.
std::vector<std::span<const Phrase>> phrase_tables();

}  // namespace duenotice::app
