#include <algorithm>
#include <optional>
#include <vector>

#include "gateway/app/phrase_table.hpp"
#include "gateway/app/phrases.hpp"
#include "gateway/notice/channel.hpp"
#include "gateway/notice/states.hpp"

namespace duenotice::app {

namespace {

/// Where the next place (`{0}`) of `pattern` begins; other braces are text.
std::size_t next_place(std::string_view pattern) {
  for (std::size_t at = pattern.find('{'); at != std::string_view::npos; at = pattern.find('{', at + 1)) {
    const std::string_view rest = pattern.substr(at);
    if (rest.size() > 2 && rest[1] >= '0' && rest[1] <= '9' && rest[2] == '}') return at;
  }
  return std::string_view::npos;
}

/// What stands in the places of `pattern` when it has the form of the whole `text`.
std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view text) {
  std::vector<std::string> arguments;
  for (;;) {
    const std::size_t open = next_place(pattern);
    if (open == std::string_view::npos) return text == pattern ? std::optional(arguments) : std::nullopt;
    if (text.substr(0, open) != pattern.substr(0, open)) return std::nullopt;
    pattern.remove_prefix(open + 3);  // places have one digit and come in their order
    text.remove_prefix(open);
    const std::string_view behind = pattern.substr(0, next_place(pattern));
    const std::size_t end = pattern.size() == behind.size()
                                ? text.size() - std::min(behind.size(), text.size())
                                : text.find(behind);
    if (end == std::string_view::npos) return std::nullopt;
    arguments.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

/// Channels and states are said by their names; any other word is one of the publisher, the configuration or
/// a file, and stays.
bool is_word_of_ours(std::string_view argument) {
  return parse_channel(argument) || parse_notice_state(argument) || parse_delivery_state(argument);
}

/// Whether place `index` of the pattern stands behind a quotation mark or a bracket: a name.
bool is_quoted(std::string_view pattern, std::size_t index) {
  const std::size_t place = pattern.find("{" + std::to_string(index) + "}");
  return place != 0 && std::string_view("'\"[`").find(pattern[place - 1]) != std::string_view::npos;
}

}  // namespace

std::vector<std::span<const Phrase>> error_tables() {
  return {order_errors(),    request_errors(), agreement_errors(), configuration_errors(), journal_errors(),
          evidence_errors(), seal_errors(),    channel_errors(),   erasure_sentences(),    common_errors()};
}

std::string say_text(Language language, std::string_view english) {
  if (language == Language::english) return std::string(english);
  for (const std::span<const Phrase> table : error_tables()) {
    for (const Phrase& phrase : table) {
      auto arguments = match(phrase.english, english);
      if (!arguments) continue;
      for (std::size_t i = 0; i < arguments->size(); ++i) {
        std::string& argument = (*arguments)[i];
        if (is_quoted(phrase.english, i)) continue;
        argument = is_word_of_ours(argument) ? std::string(say(language, std::string_view(argument)))
                                             : say_text(language, argument);
      }
      return filled(phrase.chinese, *arguments);
    }
  }
  const std::size_t subject = english.find(": ");
  if (subject == std::string_view::npos) return std::string(english);
  return std::string(english.substr(0, subject + 2)) + say_text(language, english.substr(subject + 2));
}

}  // namespace duenotice::app
