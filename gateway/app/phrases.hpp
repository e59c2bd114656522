#pragma once
#include <string>
#include <string_view>
#include <vector>

/// What the command says to people, in their language. JSON and logs stay English.

namespace duenotice::app {

enum class Language { english, chinese };

/// The phrase in `language`. A phrase without a translation stays as it is.
std::string_view say(Language language, std::string_view english);

/// A phrase with values in it: `{0}`, `{1}` … of the phrase stand for the arguments, which are names,
/// numbers, and errors as `say_text` says them. A channel is said by its name in the language.
struct Sentence {
  std::string english;
  std::vector<std::string> arguments;

  Sentence(std::string phrase, std::vector<std::string> values = {})
      : english(std::move(phrase)), arguments(std::move(values)) {}
  Sentence(const char* phrase) : english(phrase) {}
};

std::string say(Language language, const Sentence& sentence);

/// A text that comes with its values in it, as errors do (also from the running gateway), in `language`: one
/// of error_sentences.cpp, or one behind `subject: `. Any other stays as it is.
std::string say_text(Language language, std::string_view english);

/// `one` for a count of 1, else `many`: both are phrases.
inline std::string_view plural(std::size_t count, std::string_view one, std::string_view many) {
  return count == 1 ? one : many;
}

}  // namespace duenotice::app
