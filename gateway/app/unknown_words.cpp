#include "gateway/app/unknown_words.hpp"

#include <algorithm>

#include "gateway/app/nearest.hpp"
#include "gateway/notice/masked_text.hpp"
#include "templates/renderer.hpp"

namespace duenotice::app {

void explain_unknown_words(const Context& context, JournalReader& reader,
                           const std::optional<std::string>& kind,
                           const std::optional<std::string>& agreement) {
  if (!kind && !agreement) return;
  const Terminal& terminal = context.terminal;
  const templates::Loaded loaded = templates::load_library(context.configuration().agreements.path);
  if (!loaded.library) return;
  std::vector<std::string> kinds;
  std::vector<std::string> agreements;
  for (const Agreement& known : loaded.library->agreements().all()) {
    agreements.push_back(known.id);
    for (const auto& [name, rules] : known.kinds) kinds.push_back(name);
  }
  const auto explain = [&](const std::string& word, const std::vector<std::string>& known,
                           const NoticeFilter& filter, const char* unlike, const char* like) {
    if (std::find(known.begin(), known.end(), word) != known.end()) return;
    const auto used = reader.list(filter);
    if (!used || !used->empty()) return;
    const auto meant = nearest(word, known);
    const std::string shown = masked_text(visible(word));
    const Sentence sentence = meant ? Sentence(like, {shown, *meant}) : Sentence(unlike, {shown});
    terminal.err << say(terminal.language, sentence) << "\n";
  };
  NoticeFilter filter;
  filter.limit = 1;
  if (filter.kind = kind; filter.kind) {
    explain(*filter.kind, kinds, filter,
            "There is no kind \"{0}\"; `duenotice agreements show` names those that there are.",
            "There is no kind \"{0}\"; did you mean {1}?");
    filter.kind.reset();
  }
  if (filter.agreement = agreement; filter.agreement) {
    explain(*filter.agreement, agreements, filter,
            "There is no agreement \"{0}\"; `duenotice agreements show` names those that there are.",
            "There is no agreement \"{0}\"; did you mean {1}?");
  }
}

void explain_unknown_clause(const Context& context, JournalReader& reader, const std::string& clause) {
  const templates::Loaded loaded = templates::load_library(context.configuration().agreements.path);
  if (!loaded.library) return;
  for (const Agreement& agreement : loaded.library->agreements().all()) {
    for (const auto& [name, kind] : agreement.kinds) {
      if (kind.clause == clause || std::ranges::find(kind.also_clauses, clause) != kind.also_clauses.end())
        return;
    }
  }
  AuditFilter filter;
  filter.clause = clause;
  const auto used = reader.audit(filter, std::nullopt, 1);
  if (!used || !used->notices.empty()) return;
  const Terminal& terminal = context.terminal;
  terminal.err << say(terminal.language,
                      Sentence(
                          "No notice is given under a clause \"{0}\"; `duenotice agreements show` names the "
                          "clauses of each kind.",
                          {masked_text(visible(clause))}))
               << "\n";
}

}  // namespace duenotice::app
