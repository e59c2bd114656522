#pragma once
#include <span>
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
/// What goes wrong, and other texts that arrive with their values in them. Their places stand in order.
std::span<const Phrase> error_sentences();
/// What `verify` says.
std::span<const Phrase> check_phrases();

/// All of them, and the words of phrases.cpp before them. A phrase stands in one table.
std::vector<std::span<const Phrase>> phrase_tables();

}  // namespace duenotice::app
