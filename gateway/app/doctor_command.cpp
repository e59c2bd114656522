#include <algorithm>

#include "gateway/app/commands.hpp"
#include "gateway/app/doctor_checks.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/table.hpp"
#include "gateway/base/json.hpp"

namespace duenotice::app {

namespace {

std::string_view word(Health health) {
  switch (health) {
    case Health::ok:
      return "ok";
    case Health::warning:
      return "warning";
    case Health::problem:
      return "problem";
  }
  return {};
}

Tone tone(Health health) {
  switch (health) {
    case Health::ok:
      return Tone::good;
    case Health::warning:
      return Tone::warn;
    case Health::problem:
      return Tone::bad;
  }
  return Tone::plain;
}

void print_json(const Terminal& terminal, const std::vector<Finding>& findings) {
  Json list = Json::array();
  for (const Finding& finding : findings) {
    Json json = Json::object();
    json["check"] = finding.check;
    json["health"] = word(finding.health);
    json["message"] = as_utf8(say(Language::english, finding.message));
    list.push_back(std::move(json));
  }
  terminal.out << pretty_json(list) << "\n";
}

void print_table(const Terminal& terminal, const std::vector<Finding>& findings) {
  Table table({"CHECK", "HEALTH", "FOUND"});
  for (const Finding& finding : findings) {
    table.add({std::string(terminal.say(finding.check)),
               Cell(std::string(terminal.say(word(finding.health))), tone(finding.health)),
               say(terminal.language, finding.message)});
  }
  table.print(terminal);
}

std::size_t count(const std::vector<Finding>& findings, Health health) {
  return static_cast<std::size_t>(std::count_if(
      findings.begin(), findings.end(), [&](const Finding& finding) { return finding.health == health; }));
}

std::size_t problems(const std::vector<Finding>& findings) { return count(findings, Health::problem); }

void print_summary(const Terminal& terminal, const std::vector<Finding>& findings) {
  const std::size_t wrong = problems(findings);
  const std::size_t doubtful = count(findings, Health::warning);
  Sentence summary("Everything is in order.");
  if (wrong > 0) {
    summary = {std::string(plural(wrong, "{0} problem: mend it and run `duenotice doctor` again.",
                                  "{0} problems: mend them and run `duenotice doctor` again.")),
               {std::to_string(wrong)}};
  } else if (doubtful > 0) {
    summary = {std::string(plural(doubtful, "No problem; {0} warning to look at.",
                                  "No problem; {0} warnings to look at.")),
               {std::to_string(doubtful)}};
  }
  terminal.err << say(terminal.language, summary) << "\n";
}

}  // namespace

int run_doctor(const Context& context, const DoctorArguments& arguments) {
  const std::vector<Finding> findings = examine(context.loaded, arguments.deep);
  if (arguments.json) {
    print_json(context.terminal, findings);
    return problems(findings) == 0 ? exit_ok : exit_wrong;
  }
  print_table(context.terminal, findings);
  print_summary(context.terminal, findings);
  return problems(findings) == 0 ? exit_ok : exit_wrong;
}

}  // namespace duenotice::app
