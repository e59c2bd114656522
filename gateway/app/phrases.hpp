#pragma once
#include <string_view>

/// What the command says to people, in their language. JSON, logs and error messages stay English.

namespace duenotice::app {

enum class Language { english, chinese };

/// The phrase in `language`. A phrase without a translation stays as it is.
std::string_view say(Language language, std::string_view english);

}  // namespace duenotice::app
