#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>

#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/journal_access.hpp"
#include "gateway/app/notice_json.hpp"
#include "gateway/app/notice_page.hpp"
#include "gateway/app/raw_message.hpp"

namespace duenotice::app {

namespace {

Result<NoticeFile> find(JournalReader& reader, const std::vector<std::string>& names) {
  auto file = names.size() == 1 ? reader.show(names[0]) : reader.show(names[0], names[1]);
  if (file || file.error().kind != ErrorKind::not_found) return file;
  return Error{ErrorKind::not_found,
               file.error().message +
                   "; `duenotice list` names those that there are, `duenotice rejected` "
                   "what was refused"};
}

/// Whether surely nobody listens at the control socket. A socket that we may not use says nothing.
bool gateway_is_away(const std::filesystem::path& socket) {
  sockaddr_un address{};
  const std::string path = socket.string();
  if (path.size() >= sizeof address.sun_path) return false;
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, path.size());
  const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (descriptor < 0) return false;
  const int result = ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  const bool away = result != 0 && (errno == ENOENT || errno == ECONNREFUSED);
  ::close(descriptor);
  return away;
}

}  // namespace

int run_show(const Context& context, const ShowArguments& arguments) {
  const Terminal& terminal = context.terminal;
  const auto reader = open_journal(context.configuration().journal.path);
  if (!reader) return terminal.fail(reader.error());
  const auto file = find(**reader, arguments.names);
  if (!file) return terminal.fail(file.error());
  if (arguments.raw) return print_raw_message(terminal, **reader, *file, arguments);
  if (arguments.json) {
    terminal.out << pretty_json(file_json(*file)) << "\n";
  } else {
    print_notice_page(terminal, *file, gateway_is_away(context.configuration().control.socket));
  }
  return exit_ok;
}

}  // namespace duenotice::app
