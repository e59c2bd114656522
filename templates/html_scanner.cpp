#include "templates/html_scanner.hpp"

#include <algorithm>
#include <array>

namespace duenotice::templates {
namespace {

constexpr std::array<std::string_view, 8> refused_elements{"script", "style", "iframe", "object",
                                                           "embed",  "form",  "img",    "link"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string element_name(std::string_view behind_bracket) {
  std::string name;
  for (const char c : behind_bracket) {
    if (!is_letter(c)) break;
    name += static_cast<char>(c | 0x20);
  }
  return name;
}

}  // namespace

void HtmlScanner::read(std::string_view markup, int line) {
  for (std::size_t i = 0; i < markup.size(); ++i) {
    const char c = markup[i];
    switch (state_) {
      case State::text:
        in_text(c, markup.substr(i + 1), line);
        break;
      case State::tag:
        in_tag(c, line);
        break;
      case State::value:
        in_value(c);
        break;
      case State::lost:
        return;
    }
    if (c == '\n') ++line;
  }
}

HtmlScanner::Place HtmlScanner::place() const {
  switch (state_) {
    case State::text:
      return Place::text;
    case State::tag:
      return Place::tag;
    case State::value:
      return tag_.ends_with(" href=\"") ? Place::link_start : Place::tag;
    case State::lost:
      break;
  }
  return Place::lost;
}

void HtmlScanner::misplaced(int line, const std::string& what) {
  fault(line, what + " stands inside the HTML tag that starts on line " + std::to_string(opened_) +
                  "; there only href=\"{{name}}\" with a url is possible");
}

void HtmlScanner::end() {
  if (state_ == State::tag || state_ == State::value) not_closed();
}

void HtmlScanner::in_text(char c, std::string_view rest, int line) {
  if (c != '<') return;
  if (rest.starts_with("!--")) return fault(line, "HTML comments are not allowed in a message");
  if (rest.empty() || (!is_letter(rest.front()) && rest.front() != '/' && rest.front() != '!')) {
    return fault(line, "'<' in text must be written &lt;");
  }
  const std::string name = element_name(rest);
  if (std::ranges::find(refused_elements, name) != refused_elements.end()) {
    return fault(line, "the HTML element '" + name + "' is not allowed in a message");
  }
  state_ = State::tag;
  opened_ = line;
  tag_ = "<";
}

void HtmlScanner::in_tag(char c, int line) {
  if (c == '<') return not_closed();
  if (c == '>') {
    state_ = State::text;
    return;
  }
  tag_ += c;
  if (c == '"' || c == '\'') {
    state_ = State::value;
    quote_ = c;
    opened_ = line;
  }
}

void HtmlScanner::in_value(char c) {
  if (c == '<' || c == '>') return not_closed();
  tag_ += c;
  if (c == quote_) state_ = State::tag;
}

void HtmlScanner::fault(int line, std::string message) {
  findings_.add(line, std::move(message));
  state_ = State::lost;
}

void HtmlScanner::not_closed() {
  fault(opened_, state_ == State::tag ? "the HTML tag that starts here is not closed"
                                      : "the quoted value that starts here is not closed");
}

}  // namespace duenotice::templates
