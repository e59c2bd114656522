#include <algorithm>

#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/journal_access.hpp"
#include "gateway/app/option_words.hpp"
#include "gateway/app/table.hpp"
#include "gateway/base/words.hpp"
#include "gateway/journal/completeness.hpp"

namespace duenotice::app {

namespace {

Json source_json(const SourceSequence& source) {
  Json gaps = Json::array();
  for (const auto& gap : source.gaps) gaps.push_back(Json::Object{{"first", gap.first}, {"last", gap.last}});
  Json repeats = Json::array();
  for (const auto& repeat : source.repeats) {
    Json ids = Json::array();
    for (const std::string& id : repeat.request_ids) ids.push_back(as_utf8(id));
    repeats.push_back(Json::Object{{"number", repeat.number}, {"request_ids", std::move(ids)}});
  }
  return Json::Object{
      {"source", as_utf8(source.source)}, {"first", source.first},        {"last", source.last},
      {"numbers", source.numbers},        {"missing", source.missing},    {"repeated", source.repeated},
      {"gaps", std::move(gaps)},          {"repeats", std::move(repeats)}};
}

/// `3, 7-9, …`: the first few.
std::string gaps_in_words(const SourceSequence& source) {
  constexpr std::size_t shown = 5;
  std::vector<std::string> words;
  for (const auto& gap : source.gaps) {
    if (words.size() == shown) {
      words.emplace_back("…");
      break;
    }
    words.push_back(std::to_string(gap.first) +
                    (gap.first == gap.last ? "" : "-" + std::to_string(gap.last)));
  }
  return words.empty() ? "-" : joined(words);
}

std::string repeats_in_words(const SourceSequence& source) {
  constexpr std::size_t shown = 3;
  std::vector<std::string> words;
  for (const auto& repeat : source.repeats) {
    if (words.size() == shown) {
      words.emplace_back("…");
      break;
    }
    words.push_back(std::to_string(repeat.number) + " (" + joined(repeat.request_ids) + ")");
  }
  return words.empty() ? "-" : joined(words);
}

void print_table(const Terminal& terminal, const std::vector<SourceSequence>& sources) {
  Table table({"SOURCE", "FIRST", "LAST", "CAME", "NEVER CAME", "GIVEN TWICE"});
  for (const SourceSequence& source : sources) {
    table.add({source.source, std::to_string(source.first), std::to_string(source.last),
               std::to_string(source.numbers),
               Cell(gaps_in_words(source), source.missing == 0 ? Tone::plain : Tone::bad),
               Cell(repeats_in_words(source), source.repeated == 0 ? Tone::plain : Tone::bad)});
  }
  table.print(terminal);
}

int print_statement(const Terminal& terminal, Completeness& completeness, CalendarDate date) {
  const auto statement = completeness.statement(date);
  if (!statement) return terminal.fail(statement.error());
  if (!*statement) {
    return terminal.fail({ErrorKind::not_found,
                          "there is no statement of " + to_text(date) +
                              ": one is made after each day, while an evidence log is kept and serve runs"});
  }
  if ((*statement)->note.empty()) {
    return terminal.fail(
        {ErrorKind::not_found, "the statement of " + to_text(date) +
                                   " was erased, because it named an account that was; its digest "
                                   "stays in its event"});
  }
  terminal.out << (*statement)->note;
  return exit_ok;
}

}  // namespace

int run_completeness(const Context& context, const CompletenessArguments& arguments) {
  const Terminal& terminal = context.terminal;
  const auto date = date_option("--statement", arguments.statement);
  if (!date) {
    terminal.fail(date.error());
    return exit_usage;
  }
  auto completeness = open_completeness(context.configuration().journal);
  if (!completeness) return terminal.fail(completeness.error());
  if (*date) return print_statement(terminal, *completeness, **date);
  const auto sources = completeness->sources(arguments.source);
  if (!sources) return terminal.fail(sources.error());
  if (arguments.source && sources->empty()) {
    return terminal.fail({ErrorKind::not_found, "no numbered request of " + *arguments.source + " has come"});
  }
  if (arguments.json) {
    Json list = Json::array();
    for (const SourceSequence& source : *sources) list.push_back(source_json(source));
    terminal.out << pretty_json(list) << "\n";
  } else if (sources->empty()) {
    terminal.out << terminal.say("No publisher numbers its requests.") << "\n";
  } else {
    print_table(terminal, *sources);
  }
  const bool whole = std::all_of(sources->begin(), sources->end(),
                                 [](const SourceSequence& source) { return source.whole(); });
  return whole ? exit_ok : exit_wrong;
}

}  // namespace duenotice::app
