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
    json["message"] = as_utf8(finding.message);
    list.push_back(std::move(json));
  }
  terminal.out << pretty_json(list) << "\n";
}

void print_table(const Terminal& terminal, const std::vector<Finding>& findings) {
  Table table({"CHECK", "HEALTH", "FOUND"});
  for (const Finding& finding : findings) {
    table.add({std::string(terminal.say(finding.check)),
               Cell(std::string(terminal.say(word(finding.health))), tone(finding.health)), finding.message});
  }
  table.print(terminal);
}

}  // namespace

int run_doctor(const Context& context, const DoctorArguments& arguments) {
  const std::vector<Finding> findings = examine(context.loaded, arguments.deep);
  if (arguments.json) {
    print_json(context.terminal, findings);
  } else {
    print_table(context.terminal, findings);
  }
  for (const Finding& finding : findings) {
    if (finding.health == Health::problem) return exit_wrong;
  }
  return exit_ok;
}

}  // namespace duenotice::app
