#pragma once
#include <algorithm>
#include <string>
#include <string_view>

/// Whether a text that people read is Chinese as a whole, and not an English sentence with some Chinese in
/// it.

namespace duenotice::test {

/// Without what stays as it is: commands, names and values in quotes of any kind.
inline std::string without_quotes(std::string_view text) {
  std::string rest;
  char quote = 0;
  for (const char c : text) {
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '`' || c == '"') {
      quote = c;
    } else {
      rest += c;
    }
  }
  return rest;
}

/// No sentence of ours is without one of the small words.
inline bool in_chinese(std::string_view text) {
  const std::string rest = " " + without_quotes(text) + " ";
  const bool some = std::any_of(rest.begin(), rest.end(), [](char c) { return (c & 0x80) != 0; });
  for (const char* word :
       {" the ", " a ",   " an ",  " is ",    " are ",   " be ",      " it ",      " its ",
        " of ",  " not ", " no ",  " must ",  " with ",  " has ",     " have ",    " to ",
        " in ",  " by ",  " and ", " needs ", " names ", " unknown ", " missing ", " cannot "}) {
    if (rest.find(word) != std::string::npos) return false;
  }
  return some;
}

}  // namespace duenotice::test
