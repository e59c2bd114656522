#pragma once
#include <string>
#include <vector>

#include "gateway/base/json.hpp"
#include "templates/agreement_version.hpp"

/// What changed between two versions of an agreement.

namespace duenotice::app {

enum class ChangeKind { added, removed, changed };
/// `added`, `removed`, `changed`
std::string_view to_text(ChangeKind kind);

/// One key of agreement.toml, as `agreements show --json` names it: `channels`, `lead_days`,
/// `variables.reason`.
struct KeyChange {
  ChangeKind change = ChangeKind::changed;
  std::string key;
  Json before;  ///< null where there was none
  Json after;   ///< null where there is none any more
};

struct KindChange {
  ChangeKind change = ChangeKind::changed;
  std::string kind;
  std::vector<KeyChange> keys;  ///< of a kind that is there in both
};

struct TextChange {
  ChangeKind change = ChangeKind::changed;
  templates::TextName text;
  std::string diff;  ///< unified
};

struct AgreementDiff {
  std::vector<KeyChange> agreement;  ///< what holds for all kinds
  std::vector<KindChange> kinds;
  std::vector<TextChange> texts;

  bool same() const { return agreement.empty() && kinds.empty() && texts.empty(); }
};

/// Compares everything that an agreement says. Its id, its version and its digest only name it, and comments
/// are no words of it; they are not compared.
AgreementDiff compare(const templates::AgreementVersion& before, const templates::AgreementVersion& after);

/// Stable, for programs.
Json diff_json(const templates::AgreementVersion& before, const templates::AgreementVersion& after,
               const AgreementDiff& diff);

}  // namespace duenotice::app
