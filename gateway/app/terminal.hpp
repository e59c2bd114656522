#pragma once
#include <ostream>
#include <string>
#include <string_view>

#include "gateway/app/phrases.hpp"
#include "gateway/base/result.hpp"

namespace duenotice::app {

enum class Tone { plain, strong, good, warn, bad, faint };

/// Where a command writes: results on `out`, everything said to the person on `err`. Colours only on a
/// terminal and never where NO_COLOR is set.
struct Terminal {
  std::ostream& out;
  std::ostream& err;
  bool out_colors = false;
  bool err_colors = false;
  bool err_is_terminal = false;
  Language language = Language::english;
  std::size_t out_width = 0;  ///< cells of a line on `out`; 0 where it is no terminal

  std::string_view say(std::string_view english) const { return app::say(language, english); }
  std::string paint(std::string_view text, Tone tone) const {
    return out_colors ? painted(text, tone) : std::string(text);
  }
  /// Prints an error for a person, any address in it masked, and returns the exit code that belongs to it.
  int fail(const Error& error) const;
  /// Prints what is wrong as it is; for words that can hold no address of a recipient.
  void complain(std::string_view message) const;

  static std::string painted(std::string_view text, Tone tone);
};

/// The terminal of this process: stdout and stderr, with the language of `language` (`en`, `zh`; empty:
/// LC_ALL, LC_MESSAGES or LANG).
Terminal process_terminal(std::string_view language);

/// `text` so that it can neither move the cursor nor hide itself: control characters and bytes that are no
/// UTF-8 become `\xNN`. Line ends too, so that it stays one line.
std::string visible(std::string_view text);

/// `text` (visible, UTF-8) in at most `width` cells of a terminal; where it was longer it ends with …
std::string shortened(std::string_view text, std::size_t width);

/// The same text as UTF-8 whatever it was, for JSON: bytes that are none become U+FFFD.
std::string as_utf8(std::string_view text);

}  // namespace duenotice::app
