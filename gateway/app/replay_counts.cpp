#include "gateway/app/replay_counts.hpp"

#include "gateway/app/table.hpp"
#include "gateway/base/limits.hpp"

namespace duenotice::app {
namespace {

struct Total {
  std::int64_t deliveries = 0, sent_already = 0, possibly_sent = 0, late = 0, passed_over = 0;
};

Total total_of(const std::vector<SelectionCount>& counts) {
  Total total;
  for (const SelectionCount& count : counts) {
    total.deliveries += count.deliveries;
    total.sent_already += count.sent_already;
    total.possibly_sent += count.possibly_sent;
    total.late += count.late;
    total.passed_over += count.passed_over;
  }
  return total;
}

}  // namespace

Json counts_json(const std::vector<SelectionCount>& counts) {
  Json list = Json::array();
  for (const SelectionCount& count : counts) {
    list.push_back(Json::Object{{"channel", to_text(count.channel)},
                                {"deliveries", count.deliveries},
                                {"sent_already", count.sent_already},
                                {"possibly_sent", count.possibly_sent},
                                {"late", count.late},
                                {"passed_over", count.passed_over}});
  }
  return list;
}

void print_counts(const Terminal& terminal, const std::vector<SelectionCount>& counts, bool accept_late) {
  Table table({"CHANNEL", "DELIVERIES", "SENT ALREADY", "POSSIBLY SENT", "TOO LATE", "PASSED OVER"});
  for (const SelectionCount& count : counts) {
    table.add({std::string(terminal.say(to_text(count.channel))), std::to_string(count.deliveries),
               Cell(std::to_string(count.sent_already), count.sent_already > 0 ? Tone::warn : Tone::plain),
               Cell(std::to_string(count.possibly_sent), count.possibly_sent > 0 ? Tone::warn : Tone::plain),
               Cell(std::to_string(count.late), count.late > 0 ? Tone::warn : Tone::plain),
               std::to_string(count.passed_over)});
  }
  table.print(terminal);
  const Total total = total_of(counts);
  const auto warn = [&](bool applies, std::string_view sentence) {
    if (applies) terminal.err << terminal.say(sentence) << "\n";
  };
  warn(total.sent_already > 0,
       "Sent already: each of these reaches its recipient once more; no date changes.");
  warn(total.possibly_sent > 0,
       "Possibly sent: an attempt ended without an answer, so the recipient may get it twice; it is marked.");
  warn(total.late > 0 && !accept_late,
       "Too late: these are held again, unless you give them a lawful date or --accept-late.");
  warn(total.late > 0 && accept_late,
       "Too late: these go out as they are, and what is sent after its last day is marked lead_time_broken.");
  warn(total.passed_over > 0,
       "Passed over: not to be sent again. They are under way or waiting anyway, cancelled or not needed, "
       "shown in "
       "the inbox, held because they are late (resolve them), or confirmed by their provider.");
  warn(total.deliveries > limits::replay_items_most,
       "One replay takes the first 100000; give the command again with another reason for the rest.");
}

}  // namespace duenotice::app
