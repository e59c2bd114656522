#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "gateway/app/commands.hpp"
#include "gateway/app/event_filter.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/journal_access.hpp"
#include "gateway/pipeline/status_event.hpp"

namespace duenotice::app {

namespace {

/// What ends a command that would go on for ever: Ctrl-C, SIGTERM, or that nobody reads its output any more.
class Farewell {
 public:
  Farewell() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    signals_ = ::signalfd(-1, &set, SFD_CLOEXEC);
    ::signal(SIGPIPE, SIG_IGN);
  }
  ~Farewell() { ::close(signals_); }
  Farewell(const Farewell&) = delete;
  Farewell& operator=(const Farewell&) = delete;

  /// Whether it came within `patience`.
  bool came(Milliseconds patience) const {
    std::array<pollfd, 2> watched{{{signals_, POLLIN, 0}, {STDOUT_FILENO, 0, 0}}};
    return ::poll(watched.data(), watched.size(), static_cast<int>(patience.count())) > 0;
  }

 private:
  int signals_ = -1;
};

class Printer {
 public:
  Printer(const Context& context, JournalReader& reader, EventFilter filter)
      : context_(context), reader_(reader), filter_(std::move(filter)) {}

  /// Prints what the journal holds now. False when it has printed as many as were asked for, or nobody takes
  /// what it prints.
  Result<bool> print_what_is_there(const Farewell& farewell) {
    for (;;) {
      const int page = static_cast<int>(
          std::min<std::int64_t>(limits::list_rows_most, filter_.limit.value_or(limits::list_rows_most)));
      const auto events = reader_.publisher_events(filter_.after, page, filter_.type);
      if (!events) return events.error();
      for (const PublisherEvent& event : *events) {
        const auto line = status_event(event, context_.configuration().queue.event_source);
        if (!line) return line.error();
        context_.terminal.out << line->body << "\n";
        filter_.after = event.sequence;
      }
      if (filter_.limit) *filter_.limit -= static_cast<std::int64_t>(events->size());
      if (!context_.terminal.out.flush() || filter_.limit == 0) return false;
      if (events->size() < static_cast<std::size_t>(page)) return true;
      if (farewell.came(Milliseconds(0))) return false;
    }
  }

 private:
  const Context& context_;
  JournalReader& reader_;
  EventFilter filter_;
};

}  // namespace

int run_events(const Context& context, const EventsArguments& arguments) {
  const Terminal& terminal = context.terminal;
  auto filter = make_filter(arguments);
  if (!filter) {
    terminal.fail(filter.error());
    return exit_usage;
  }
  const auto reader = open_journal(context.configuration().journal);
  if (!reader) return terminal.fail(reader.error());
  const Farewell farewell;
  Printer printer(context, **reader, std::move(*filter));
  do {
    const auto go_on = printer.print_what_is_there(farewell);
    if (!go_on) return terminal.fail(go_on.error());
    if (!*go_on || !arguments.follow) break;
  } while (!farewell.came(limits::events_follow_poll));
  return exit_ok;
}

}  // namespace duenotice::app
