#include "gateway/app/usage_error.hpp"

#include <CLI/CLI.hpp>

#include "gateway/app/nearest.hpp"
#include "gateway/app/terminal.hpp"
#include "gateway/base/words.hpp"
#include "gateway/notice/masked_text.hpp"

namespace duenotice::app {

namespace {

using Names = std::vector<std::string>;

Names subcommands_of(const CLI::App& command) {
  Names names;
  for (const CLI::App* each : command.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(each->get_name());
  return names;
}

Names options_of(const CLI::App& command) {
  Names names;
  for (const CLI::Option* option : command.get_options()) {
    if (!option->get_positional()) names.push_back(option->get_name());
  }
  return names;
}

std::string suggestion(const std::string& word, const Names& names, const std::string& before) {
  const auto meant = nearest(word, names);
  return meant ? "; did you mean `" + before + *meant + "`?" : "";
}

/// What is wrong with the first word that nobody took.
std::string unexpected(const std::string& word, const CLI::App& app, const CLI::App& command,
                       const std::string& path) {
  const std::string shown = "'" + visible(word) + "'";
  if (word.starts_with("-") && word != "-") {
    Names options = options_of(command);
    for (const std::string& name : options_of(app)) options.push_back(name);
    return "unknown option " + shown + suggestion(word.substr(0, word.find('=')), options, "");
  }
  const Names names = subcommands_of(command);
  if (names.empty()) return "unexpected " + shown + " behind what " + path + " takes";
  return "unknown command " + shown + suggestion(word, names, path + " ");
}

/// Too many or too few words for an option: its own description says what it takes.
std::string wrong_count(const CLI::App& app, const CLI::App& command, const CLI::ParseError& error) {
  const std::string what = error.what();
  const std::string name = what.substr(0, what.find(':'));
  const CLI::Option* option = command.get_option_no_throw(name);
  if (option == nullptr) option = app.get_option_no_throw(name);
  if (option == nullptr) return what;
  const bool too_many = what.find("At Most") != std::string::npos;
  if (!too_many && !option->get_positional()) {
    const bool file = option->get_type_name() == "FILE";
    return name + " needs a " + (file ? "FILE" : "value") + ": " + option->get_description();
  }
  return (too_many ? "too many words for " : "too few words for ") + name + ": " + option->get_description();
}

bool lacks_a_command(const CLI::App& command, const CLI::ParseError& error) {
  return dynamic_cast<const CLI::RequiredError*>(&error) != nullptr &&
         command.get_require_subcommand_min() > 0;
}

}  // namespace

void refuse_blank_words(CLI::App& app) {
  const auto blank = [](const std::string& word) {
    return word.find_first_not_of(" \t\r\n") == std::string::npos ? "it is blank" : "";
  };
  for (CLI::Option* option : app.get_options()) {
    const bool takes_words = option->get_items_expected_max() > 0;
    if (takes_words && option->get_name() != "--code") option->check(blank);
  }
  for (CLI::App* command : app.get_subcommands(nullptr)) refuse_blank_words(*command);
}

std::string explain(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App* command = &app;
  std::string path = "duenotice";
  while (!command->get_subcommands().empty()) {
    command = command->get_subcommands().back();
    path += " " + command->get_name();
  }
  const Names extra = app.remaining(true);
  std::string problem = error.what();
  if (!extra.empty()) {
    problem = unexpected(extra.front(), app, *command, path);
  } else if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    problem = wrong_count(app, *command, error);
  } else if (lacks_a_command(*command, error)) {
    problem = path + " needs a command: " + joined(subcommands_of(*command));
  } else if (const std::string tail = " is required"; problem.ends_with(tail)) {
    problem = problem.substr(0, problem.size() - tail.size()) + " is missing";
  }
  return "duenotice: " + masked_text(problem) + (problem.ends_with('?') ? " See `" : "; see `") + path +
         " --help`\n";
}

}  // namespace duenotice::app
