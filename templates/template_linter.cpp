#include "templates/template_linter.hpp"

#include <algorithm>
#include <vector>

#include "templates/html_scanner.hpp"
#include "templates/variables.hpp"

namespace duenotice::templates {
namespace {

/// How an SMS begins, and where its variable stands in that.
constexpr std::string_view signature = "【{{sms_signature}}】";
constexpr std::size_t signature_tag = std::string_view("【").size();

std::string braces(std::string_view inside) { return "{{" + std::string(inside) + "}}"; }

struct Section {
  std::string name;
  int line = 0;
};

class Linter {
 public:
  Linter(const Part& part, const Kind& kind, PartForm form, bool always_dated, Findings& findings)
      : body_(part.body),
        line_(part.line),
        kind_(kind),
        is_html_(form == PartForm::html),
        is_sms_(form == PartForm::sms),
        always_dated_(always_dated),
        findings_(findings),
        html_(findings) {}

  LintedPart run() {
    if (is_sms_ && !body_.empty() && !body_.starts_with(signature)) {
      findings_.add(line_, "an SMS must begin with " + std::string(signature));
    }
    while (at_ < body_.size()) {
      literal(std::min(body_.find("{{", at_), body_.size()) - at_);
      if (at_ < body_.size()) tag();
    }
    for (const Section& open : sections_) {
      findings_.add(open.line, "the section " + braces("#" + open.name) + " is never closed");
    }
    if (is_html_) html_.end();
    return std::move(result_);
  }

 private:
  void literal(std::size_t length) {
    const std::string_view text = body_.substr(at_, length);
    if (is_html_) html_.read(text, line_);
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') ++line_;
      if (text.substr(i, 2) == "}}") findings_.add(line_, "'}}' without a '{{' before it");
    }
    result_.source += text;
    at_ += length;
  }

  void tag() {
    const std::string_view rest = body_.substr(at_);
    const std::size_t end = rest.find("}}");
    if (end == std::string_view::npos || rest.substr(0, end).find('\n') != std::string_view::npos) {
      findings_.add(line_, "'{{' is not closed by '}}' on the same line");
      at_ += 2;
      return;
    }
    const std::string_view inside = rest.substr(2, end - 2);
    const std::size_t begin = at_;
    at_ += end + 2;
    if (inside.starts_with('#') || inside.starts_with('/')) {
      section_tag(inside, begin);
    } else {
      variable(inside, begin);
    }
  }

  void section_tag(std::string_view inside, std::size_t begin) {
    const std::string name(inside.substr(1));
    if (inside.front() == '#') {
      open_section(name);
    } else {
      close_section(name);
    }
    result_.used.insert(name);
    result_.source += braces(inside);
    if (stands_alone(begin)) {
      ++at_;
      ++line_;
    }
  }

  void open_section(const std::string& name) {
    if (!is_optional_built_in(name)) {
      findings_.add(line_, braces("#" + name) +
                               ": a section is named after what a request may leave out, "
                               "effective_date or reference");
    } else if (is_html_ && inside_html_tag()) {
      html_.misplaced(line_, braces("#" + name));
    }
    sections_.push_back({name, line_});
  }

  void close_section(const std::string& name) {
    if (sections_.empty() || sections_.back().name != name) {
      findings_.add(line_, braces("/" + name) + " closes a section that is not open here");
      return;
    }
    sections_.pop_back();
  }

  bool in_section(std::string_view name) const {
    return std::ranges::any_of(sections_, [&](const Section& open) { return open.name == name; });
  }

  bool inside_html_tag() const {
    return html_.place() == HtmlScanner::Place::tag || html_.place() == HtmlScanner::Place::link_start;
  }

  /// Whether the tag from `begin` to here has a line to itself, which then leaves nothing behind.
  bool stands_alone(std::size_t begin) const {
    return (begin == 0 || body_[begin - 1] == '\n') && at_ < body_.size() && body_[at_] == '\n';
  }

  void variable(std::string_view inside, std::size_t begin) {
    if (std::string_view(">=!%").find(inside.substr(0, 1)) != std::string_view::npos && !inside.empty()) {
      findings_.add(line_, braces(inside) + " is neither a variable nor a section; nothing else is allowed");
      return;
    }
    const std::string_view name = inside.substr(0, inside.find(':'));
    if (!is_variable_name(name)) {
      findings_.add(line_, braces(inside) +
                               " is no variable: its name must be a lower-case letter, then lower-case "
                               "letters, digits and '_'");
      return;
    }
    if (name.size() != inside.size()) {
      findings_.add(line_, braces(inside) + ": template modifiers are not allowed; write " + braces(name));
      return;
    }
    const auto declared = kind_.variables.find(name);
    if (declared == kind_.variables.end() && !is_built_in(name)) {
      findings_.add(line_, braces(name) + " is not declared under [kind." + kind_.name + ".variables]");
      return;
    }
    if (name == "sms_signature" && !(is_sms_ && begin == signature_tag)) {
      findings_.add(line_, braces(name) + " stands only at the head of an SMS, as " + std::string(signature));
      return;
    }
    const bool always_there = name == "effective_date" && always_dated_;
    if (is_optional_built_in(name) && !in_section(name) && !always_there) {
      findings_.add(line_, braces(name) + " may be absent; put it between " +
                               braces("#" + std::string(name)) + " and " + braces("/" + std::string(name)));
      return;
    }
    result_.used.insert(std::string(name));
    emit(name, declared != kind_.variables.end() && declared->second == VariableType::url);
  }

  void emit(std::string_view name, bool is_url) {
    if (!is_html_) {
      result_.source += braces(name);
      return;
    }
    const bool whole_link =
        html_.place() == HtmlScanner::Place::link_start && body_.substr(at_).starts_with('"');
    if (whole_link && is_url) {
      result_.source += braces(name);
    } else if (inside_html_tag()) {
      html_.misplaced(line_, braces(name));
    } else {
      // ctemplate's own escaping turns line breaks into spaces; its modifier p escapes the same and keeps
      // them.
      result_.source += braces(std::string(name) + ":p");
    }
  }

  const std::string_view body_;
  std::size_t at_ = 0;
  int line_;
  const Kind& kind_;
  const bool is_html_;
  const bool is_sms_;
  const bool always_dated_;
  Findings& findings_;
  HtmlScanner html_;
  std::vector<Section> sections_;  ///< open ones, the innermost last
  LintedPart result_;
};

}  // namespace

LintedPart lint_part(const Part& part, const Kind& kind, PartForm form, bool always_dated,
                     Findings& findings) {
  return Linter(part, kind, form, always_dated, findings).run();
}

}  // namespace duenotice::templates
