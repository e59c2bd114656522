#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/journal_access.hpp"
#include "gateway/app/list_filter.hpp"
#include "gateway/app/next_page.hpp"
#include "gateway/app/notice_json.hpp"
#include "gateway/app/notice_page.hpp"
#include "gateway/app/table.hpp"
#include "gateway/app/unknown_words.hpp"

namespace duenotice::app {

namespace {

std::string legal_date(const Terminal& terminal, const Notice& notice) {
  if (!notice.deemed) return "-";
  return to_text(notice.deemed->on) + (notice.sandbox ? " " + std::string(terminal.say("SANDBOX")) : "");
}

std::string channels(const Terminal& terminal, const std::vector<Delivery>& deliveries) {
  std::string list;
  for (const Delivery& delivery : deliveries) {
    list += (list.empty() ? "" : ", ") + std::string(terminal.say(to_text(delivery.channel))) +
            (delivery.counts ? "" : "*");
  }
  return list;
}

void explain_nothing(const Terminal& terminal, const ListArguments& arguments) {
  const bool filtered = arguments.state || arguments.kind || arguments.agreement || arguments.account ||
                        arguments.channel || arguments.since || arguments.until || arguments.after;
  if (!filtered) {
    terminal.err << terminal.say("There are no notices yet. Submit one: duenotice submit FILE") << "\n";
    return;
  }
  terminal.err << terminal.say("No notices match.") << " "
               << terminal.say("Try fewer filters, or see what was refused: duenotice rejected") << "\n";
}

/// The first two of the three answers that each state gives; the page of the notice says why.
std::string was_sent(const Terminal& terminal, const std::vector<DeliveryStanding>& standings) {
  const auto sent = anything_sent(standings);
  return std::string(terminal.say(!sent ? "nobody knows" : *sent ? "yes" : "no"));
}

std::string is_resend_safe(const Terminal& terminal, const Notice& notice,
                           const std::vector<DeliveryStanding>& standings) {
  return std::string(
      terminal.say(resend_safety(notice.state, standings).safe && !notice.erased ? "yes" : "no"));
}

void print_table(const Terminal& terminal, const std::vector<NoticeSummary>& notices) {
  Table table({"NOTICE", "STATE", "SENT?", "RESEND?", "WHO ACTS", "LEGAL DATE", "CLAUSE", "CHANNELS", "KIND",
               "ACCOUNT", "REQUEST", "AGREEMENT"});
  // Never the legal date: its mark of a sandbox belongs to it.
  table.give_way({"AGREEMENT", "REQUEST", "CHANNELS", "ACCOUNT", "KIND", "CLAUSE", "RESEND?", "SENT?",
                  "WHO ACTS", "STATE"});
  bool copies = false;
  for (const auto& [notice, deliveries] : notices) {
    for (const Delivery& delivery : deliveries) copies = copies || !delivery.counts;
    const std::vector<DeliveryStanding> all = standings(deliveries);
    const NextActor actor = next_actor(notice);
    const std::string erased(notice.erased ? terminal.say("ERASED") : "");
    const bool is_for_a_person = actor == NextActor::operator_ || actor == NextActor::publisher;
    table.add({notice.id, Cell(std::string(terminal.say(to_text(notice.state))), tone_of(notice)),
               was_sent(terminal, all), is_resend_safe(terminal, notice, all),
               Cell(std::string(terminal.say(to_text(actor))), is_for_a_person ? Tone::strong : Tone::plain),
               Cell(legal_date(terminal, notice), notice.sandbox ? Tone::warn : Tone::plain), clauses(notice),
               channels(terminal, deliveries), notice.kind, notice.erased ? erased : notice.account_id,
               notice.erased ? erased : notice.source + " " + notice.request_id,
               notice.agreement + " " + notice.agreement_version});
  }
  table.print(terminal);
  if (copies) terminal.err << terminal.say("* a copy: it does not count for the clause") << "\n";
}

}  // namespace

int run_list(const Context& context, const ListArguments& arguments) {
  const Terminal& terminal = context.terminal;
  const auto filter = make_filter(arguments);
  if (!filter) {
    terminal.fail(filter.error());
    return exit_usage;
  }
  const auto reader = open_journal(context.configuration().journal);
  if (!reader) return terminal.fail(reader.error());
  const auto notices = (*reader)->list(*filter);
  if (!notices) return terminal.fail(notices.error());
  if (notices->empty()) explain_unknown_words(context, **reader, arguments.kind, arguments.agreement);
  if (arguments.json) {
    Json list = Json::array();
    for (const auto& [notice, deliveries] : *notices) list.push_back(summary_json(notice, deliveries));
    terminal.out << pretty_json(list) << "\n";
    return exit_ok;
  }
  if (notices->empty()) {
    explain_nothing(terminal, arguments);
    return exit_ok;
  }
  print_table(terminal, *notices);
  if (notices->size() == static_cast<std::size_t>(arguments.limit))
    say_more(terminal, next_page(context.common, arguments, notices->back().notice.id));
  return exit_ok;
}

}  // namespace duenotice::app
