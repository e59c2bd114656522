#include "gateway/app/agreement_json.hpp"
#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/table.hpp"
#include "gateway/app/used_versions.hpp"
#include "gateway/base/words.hpp"
#include "gateway/notice/masked_text.hpp"
#include "templates/renderer.hpp"

namespace duenotice::app {

namespace {

std::string place(const templates::Mistake& mistake) {
  return mistake.file.string() + (mistake.line > 0 ? ":" + std::to_string(mistake.line) : "");
}

/// Those that count, copies with a star, and in brackets what the clause names and nobody serves yet.
std::string channels_in_words(const Terminal& terminal, const Kind& kind) {
  std::vector<std::string> words;
  for (const Channel channel : kind.channels) words.emplace_back(terminal.say(to_text(channel)));
  for (const Channel channel : kind.copies)
    words.push_back(std::string(terminal.say(to_text(channel))) + "*");
  for (const std::string& later : kind.later_channels)
    words.push_back("(" + std::string(terminal.say(later)) + ")");
  return joined(words);
}

/// A choice by its words: `outcome not_upheld|upheld`. With them the effective date, where a request must say
/// it.
std::string variables_in_words(const Kind& kind) {
  std::vector<std::string> words;
  if (kind.needs_effective_date) words.emplace_back("effective_date");
  for (const auto& [name, type] : kind.variables) {
    std::string choice;
    if (type == VariableType::choice) {
      for (const auto& [word, by_language] : kind.choices.at(name))
        choice += (choice.empty() ? "" : "|") + word;
    }
    words.push_back(name + " " + (choice.empty() ? std::string(to_text(type)) : choice));
  }
  return joined(words);
}

std::string text_in(const std::map<std::string, std::string, std::less<>>& texts, Language language) {
  const std::string_view wanted = language == Language::chinese ? "zh" : "en";
  for (const auto& [name, text] : texts) {
    if (name.starts_with(wanted)) return text;
  }
  return texts.empty() ? std::string() : texts.begin()->second;
}

std::string required_in_words(const Terminal& terminal, const Kind& kind) {
  switch (kind.required.rule) {
    case Required::Rule::any:
      return std::string(terminal.say("any"));
    case Required::Rule::all:
      return std::string(terminal.say("all"));
    case Required::Rule::number:
      return std::to_string(kind.required.number);
  }
  return {};
}

void print_fact(const Terminal& terminal, std::string_view label, const std::string& text) {
  constexpr std::size_t label_width = 20;
  const std::string shown(terminal.say(label));
  terminal.out << "  " << terminal.paint(shown, Tone::faint) << padding(shown, label_width) << " "
               << visible(text) << "\n";
}

/// Who with whom, since when, in which zone days are counted, and what makes a sending the legal delivery.
void print_agreement(const Terminal& terminal, const Agreement& agreement) {
  terminal.out << terminal.paint(agreement.id + " " + agreement.version, Tone::strong) << "  "
               << visible(text_in(agreement.title, terminal.language)) << "\n";
  print_fact(
      terminal, "Parties",
      text_in(agreement.provider, terminal.language) + " / " + text_in(agreement.user, terminal.language));
  print_fact(terminal, "Contact", text_in(agreement.contact, terminal.language));
  if (!agreement.sms_signature.empty()) {
    print_fact(terminal, "SMS signature", text_in(agreement.sms_signature, terminal.language));
  }
  print_fact(terminal, "In force from", to_text(agreement.in_force_from));
  print_fact(terminal, "Time zone", std::string(agreement.time_zone.name()));
  print_fact(terminal, "Languages", joined(agreement.languages));
  print_fact(terminal, "Notice clause", agreement.notice_clause);
  std::string_view label = "Deemed delivered";
  for (const auto& [channel, basis] : agreement.deemed) {
    print_fact(terminal, label,
               std::string(terminal.say(to_text(channel))) + ": " +
                   std::string(terminal.say(to_text(basis.rule))) + ", " +
                   std::string(terminal.say("clause")) + " " + basis.clause);
    label = "";
  }
  terminal.out << "\n";
  Table table({"KIND", "CLAUSE", "CHANNELS", "REQUIRED", "LEAD DAYS", "LATE", "APPEAL", "VARIABLES"});
  for (const auto& [name, kind] : agreement.kinds) {
    const bool moves = kind.late == LatePolicy::move;
    std::vector<std::string> all{kind.clause};
    all.insert(all.end(), kind.also_clauses.begin(), kind.also_clauses.end());
    table.add({Cell(name, Tone::strong), joined(all), channels_in_words(terminal, kind),
               required_in_words(terminal, kind), kind.lead_days ? std::to_string(*kind.lead_days) : "-",
               kind.lead_days ? std::string(terminal.say(moves ? "move" : "hold")) : "-",
               kind.appeal ? std::string(terminal.say("yes")) : "-", variables_in_words(kind)});
  }
  table.print(terminal);
  terminal.out << "\n";
}

void print_agreements(const Terminal& terminal, const AgreementSet& agreements) {
  for (const Agreement& agreement : agreements.all()) print_agreement(terminal, agreement);
  terminal.err << terminal.say("* a copy: it does not count for the clause") << "; "
               << terminal.say("(in brackets) named by the clause, not served yet") << "\n";
}

int report(const Terminal& terminal, const std::vector<templates::Mistake>& mistakes) {
  for (const templates::Mistake& mistake : mistakes) {
    const std::string what = say_text(terminal.language, mistake.message);
    terminal.err << masked_text(visible(place(mistake) + ": " + what)) << "\n";
  }
  const Sentence summary(std::string(plural(mistakes.size(),
                                            "1 mistake in the agreements: mend it and run "
                                            "`duenotice agreements check` again",
                                            "{0} mistakes in the agreements: mend them and run "
                                            "`duenotice agreements check` again")),
                         {std::to_string(mistakes.size())});
  return terminal.fail({ErrorKind::invalid, say(terminal.language, summary)});
}

}  // namespace

int run_agreements_check(const Context& context, const AgreementsCheckArguments& arguments) {
  const Terminal& terminal = context.terminal;
  const Configuration& configuration = context.configuration();
  // A folder that is named is looked at alone.
  const auto calendar = arguments.folder ? std::nullopt : configuration.calendar.file;
  const auto folder = arguments.folder.value_or(configuration.agreements.path);
  const templates::Loaded loaded = templates::load_library(folder, calendar);
  if (!loaded.library) return report(terminal, loaded.mistakes);
  for (const Agreement& agreement : loaded.library->agreements().all()) {
    terminal.out << agreement.id << " " << agreement.version << "  " << agreement.kinds.size() << " "
                 << terminal.say("kinds") << " (" << joined(agreement.languages) << ")\n";
  }
  if (calendar) {
    std::vector<std::string> years;
    for (const int year : loaded.library->agreements().rest_days().years()) {
      years.push_back(std::to_string(year));
    }
    terminal.out << terminal.say("calendar") << " " << visible(calendar->string()) << "  " << joined(years)
                 << "\n";
  }
  terminal.out << terminal.say("The agreements are valid.") << "\n";
  if (arguments.folder) return exit_ok;
  for (const UsedVersion& changed : changed_versions(loaded.library->agreements(), configuration.journal)) {
    terminal.err << terminal.paint(visible(say(terminal.language, in_words(changed))), Tone::warn) << "\n";
  }
  return exit_ok;
}

int run_agreements_show(const Context& context, const AgreementsShowArguments& arguments) {
  const Terminal& terminal = context.terminal;
  const templates::Loaded loaded = templates::load_library(context.configuration().agreements.path);
  if (!loaded.library) return report(terminal, loaded.mistakes);
  if (arguments.json) {
    Json list = Json::array();
    for (const Agreement& agreement : loaded.library->agreements().all())
      list.push_back(agreement_json(agreement));
    terminal.out << pretty_json(list) << "\n";
  } else {
    print_agreements(terminal, loaded.library->agreements());
  }
  return exit_ok;
}

}  // namespace duenotice::app
