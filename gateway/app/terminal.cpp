#include "gateway/app/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "gateway/app/exit_codes.hpp"
#include "gateway/base/digest.hpp"
#include "gateway/base/utf8.hpp"
#include "gateway/notice/masked_text.hpp"

namespace duenotice::app {

namespace {

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

Language choose_language(std::string_view asked) {
  if (!asked.empty()) return asked.starts_with("zh") ? Language::chinese : Language::english;
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const std::string_view value = environment(name);
    if (!value.empty()) return value.starts_with("zh") ? Language::chinese : Language::english;
  }
  return Language::english;
}

/// The bytes of the UTF-8 sequence that starts `text`, by its first byte.
std::size_t sequence_length(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  return std::min(length, text.size());
}

/// Walks over `text`; sequences that are well-formed go to `good`, single other bytes to `bad`.
template <class Good, class Bad>
void each_sequence(std::string_view text, Good good, Bad bad) {
  while (!text.empty()) {
    const std::string_view sequence = text.substr(0, sequence_length(text));
    if (is_utf8(sequence)) {
      good(sequence);
      text.remove_prefix(sequence.size());
    } else {
      bad(text.substr(0, 1));
      text.remove_prefix(1);
    }
  }
}

}  // namespace

int Terminal::fail(const Error& error) const {
  complain(say_text(language, masked_text(error.message)));
  return exit_code(error.kind);
}

void Terminal::complain(std::string_view message) const {
  err << (err_colors ? painted("duenotice:", Tone::bad) : "duenotice:") << " " << message << "\n";
}

std::string Terminal::painted(std::string_view text, Tone tone) {
  const char* start = "";
  switch (tone) {
    case Tone::plain:
      return std::string(text);
    case Tone::strong:
      start = "\x1b[1m";
      break;
    case Tone::good:
      start = "\x1b[32m";
      break;
    case Tone::warn:
      start = "\x1b[33m";
      break;
    case Tone::bad:
      start = "\x1b[31m";
      break;
    case Tone::faint:
      start = "\x1b[2m";
      break;
  }
  return start + std::string(text) + "\x1b[0m";
}

/// `text` of at most `width` cells; what is cut off leaves a …
std::string shortened(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  std::string kept;
  if (width == 0) return kept;
  each_sequence(
      text,
      [&](std::string_view sequence) {
        if (width > 0 && display_width(kept) + display_width(sequence) + 1 <= width) {
          kept += sequence;
        } else {
          width = 0;
        }
      },
      [](std::string_view) {});
  return kept + "…";
}

Terminal process_terminal(std::string_view language) {
  const bool colors = environment("NO_COLOR").empty() && environment("TERM") != "dumb";
  const bool out = ::isatty(STDOUT_FILENO) == 1;
  const bool err = ::isatty(STDERR_FILENO) == 1;
  winsize size{};
  const bool known = out && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0;
  return {std::cout,
          std::cerr,
          out && colors,
          err && colors,
          err,
          choose_language(language),
          known ? std::size_t{size.ws_col} : 0};
}

std::string visible(std::string_view text) {
  std::string shown;
  const auto hide = [&](std::string_view bytes) {
    for (const char byte : bytes) shown += "\\x" + to_hex(std::string_view(&byte, 1));
  };
  each_sequence(
      text,
      [&](std::string_view sequence) {
        const char32_t point = code_points(sequence).front();
        const bool control = point < 0x20 || (point >= 0x7f && point < 0xa0);
        // Marks that turn the direction of writing could make one text look like another.
        const bool turning = (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069);
        control || turning ? hide(sequence) : static_cast<void>(shown += sequence);
      },
      hide);
  return shown;
}

std::string as_utf8(std::string_view text) {
  std::string clean;
  each_sequence(
      text, [&](std::string_view sequence) { clean += sequence; },
      [&](std::string_view) { clean += "\xef\xbf\xbd"; });
  return clean;
}

}  // namespace duenotice::app
