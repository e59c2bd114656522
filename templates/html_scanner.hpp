#pragma once
#include <string>
#include <string_view>

#include "gateway/base/findings.hpp"

namespace duenotice::templates {

/// Follows the HTML of a message far enough to know where a template tag stands. Stricter than HTML: tags and
/// quoted values are closed, `<` in text is written `&lt;`, and what mail clients drop is refused. After the
/// first fault it says nothing more, because it no longer knows where it is.
class HtmlScanner {
 public:
  enum class Place {
    text,        ///< between tags
    link_start,  ///< right behind `href="`
    tag,         ///< anywhere else inside a tag
    lost,        ///< after a fault
  };

  explicit HtmlScanner(Findings& findings) : findings_(findings) {}

  /// Reads markup that holds no template tag and starts on `line`.
  void read(std::string_view markup, int line);
  /// Where the next character would stand.
  Place place() const;
  /// Names a template tag that must not stand here, inside an HTML tag.
  void misplaced(int line, const std::string& what);
  /// The markup is over: names what is still open.
  void end();

 private:
  enum class State { text, tag, value, lost };

  void in_text(char c, std::string_view rest, int line);
  void in_tag(char c, int line);
  void in_value(char c);
  void fault(int line, std::string message);
  void not_closed();

  Findings& findings_;
  State state_ = State::text;
  char quote_ = '"';
  int opened_ = 0;   ///< the line of the open tag or quoted value
  std::string tag_;  ///< what was read of the open tag
};

}  // namespace duenotice::templates
