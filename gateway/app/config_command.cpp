#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/table.hpp"
#include "gateway/notice/masked_text.hpp"

namespace duenotice::app {

int report_mistakes(const std::vector<ConfigurationMistake>& mistakes, const Terminal& terminal) {
  // Who reads it wrote the file, and its addresses are the company's own.
  for (const ConfigurationMistake& mistake : mistakes)
    terminal.complain(masked_text(visible(mistake.place)) + ": " +
                      visible(say_text(terminal.language, mistake.message)));
  return exit_usage;
}

int run_config_check(const Context& context) {
  const Terminal& terminal = context.terminal;
  if (!context.loaded.mistakes.empty()) return report_mistakes(context.loaded.mistakes, terminal);
  if (const auto around = check_surroundings(context.loaded); !around.empty())
    return report_mistakes(around, terminal);
  Table table({"KEY", "VALUE", "SET IN"});
  for (const ConfigurationLine& line : describe(context.loaded)) {
    const bool set = line.place != "default";
    table.add({"[" + line.section + "] " + line.key, line.value.empty() ? "-" : line.value,
               set ? Cell(line.place) : Cell(std::string(terminal.say("default")), Tone::faint)});
  }
  table.print(terminal);
  terminal.err << terminal.say("The configuration is valid.") << "\n";
  return exit_ok;
}

}  // namespace duenotice::app
