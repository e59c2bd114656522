#include "gateway/app/advice.hpp"
#include "gateway/app/commands.hpp"
#include "gateway/app/evidence_file.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/gateway_presence.hpp"
#include "gateway/app/journal_access.hpp"
#include "gateway/app/notice_json.hpp"
#include "gateway/app/notice_page.hpp"
#include "gateway/app/raw_message.hpp"

namespace duenotice::app {

namespace {

Result<NoticeFile> find(JournalReader& reader, const std::vector<std::string>& names) {
  auto file = names.size() == 1 ? reader.show(names[0]) : reader.show(names[0], names[1]);
  if (file) return file;
  return where_notices_are(file.error());
}

}  // namespace

int run_show(const Context& context, const ShowArguments& arguments) {
  const Terminal& terminal = context.terminal;
  if (arguments.digest && !arguments.raw && !arguments.evidence) {
    terminal.fail({ErrorKind::invalid, "--digest goes with --raw or --evidence: say of which bytes"});
    return exit_usage;
  }
  const auto reader = open_journal(context.configuration().journal);
  if (!reader) return terminal.fail(reader.error());
  say_what_is_sealed(terminal, **reader);
  const auto file = find(**reader, arguments.names);
  if (!file) return terminal.fail(file.error());
  if (arguments.raw) return print_raw_message(terminal, **reader, *file, arguments);
  if (arguments.evidence) return print_evidence(terminal, **reader, *file, arguments);
  if (arguments.json) {
    terminal.out << pretty_json(file_json(*file)) << "\n";
  } else {
    print_notice_page(terminal, *file, gateway_is_away(context.configuration().control.socket));
  }
  return exit_ok;
}

}  // namespace duenotice::app
