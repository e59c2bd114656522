#pragma once
#include <set>
#include <string>

#include "gateway/agreement/agreement.hpp"
#include "gateway/base/findings.hpp"
#include "templates/text_file.hpp"

/// Finds, before the template engine sees a text, everything that would make it say something wrong, and
/// names it for the author. A text may hold `{{name}}` and, for what a request may leave out, sections
/// `{{#effective_date}}` …
/// `{{/effective_date}}` and `{{#reference}}` … `{{/reference}}`; nothing else of the engine's language.
///
/// In HTML a variable may stand in text, or be the whole of a link's address (`href="{{name}}"`, type url).
/// Scripts, style sheets, comments and embedded things are refused: mail clients drop them, and they defeat
/// escaping.
///
/// An SMS begins with its signature, 【{{sms_signature}}】, which stands nowhere else: carriers refuse a
/// message without one, and one with two.

namespace duenotice::templates {

enum class PartForm { text, html, sms };

struct LintedPart {
  /// For the engine. A line that holds only the tag of a section leaves no line behind; in HTML, text keeps
  /// the line breaks of its values.
  std::string source;
  std::set<std::string, std::less<>> used;  ///< names of variables and sections
};

/// `always_dated`: a notice of this kind always has words for its effective date.
LintedPart lint_part(const Part& part, const Kind& kind, PartForm form, bool always_dated,
                     Findings& findings);

}  // namespace duenotice::templates
