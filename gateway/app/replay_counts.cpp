#include "gateway/app/replay_counts.hpp"

#include "gateway/app/replay_progress.hpp"
#include "gateway/app/table.hpp"
#include "gateway/base/limits.hpp"

namespace duenotice::app {
namespace {

struct Total {
  std::int64_t deliveries = 0, sent_already = 0, possibly_sent = 0, late = 0, dated = 0, passed_over = 0,
               in_another = 0, corrected_waiting = 0, under_way = 0;
};

Total total_of(const std::vector<SelectionCount>& counts) {
  Total total;
  for (const SelectionCount& count : counts) {
    total.deliveries += count.deliveries;
    total.sent_already += count.sent_already;
    total.possibly_sent += count.possibly_sent;
    total.late += count.late;
    total.dated += count.dated;
    total.passed_over += count.passed_over;
    total.in_another += count.in_another;
    total.corrected_waiting += count.corrected_waiting;
    total.under_way += count.under_way;
  }
  return total;
}

Json counts_json(const std::vector<SelectionCount>& counts) {
  Json list = Json::array();
  for (const SelectionCount& count : counts) {
    list.push_back(Json::Object{{"channel", to_text(count.channel)},
                                {"deliveries", count.deliveries},
                                {"sent_already", count.sent_already},
                                {"possibly_sent", count.possibly_sent},
                                {"late", count.late},
                                {"dated", count.dated},
                                {"passed_over", count.passed_over},
                                {"corrected_waiting", count.corrected_waiting},
                                {"under_way", count.under_way},
                                {"in_running_replay", count.in_another}});
  }
  return list;
}

}  // namespace

void print_dry_run(const Terminal& terminal, const ReplayCounts& counts, const JobProgress* before) {
  Json json = Json::Object{{"dry_run", true},
                           {"asked_before", before != nullptr},
                           {"channels", counts_json(counts.channels)},
                           {"left_out_sent", counts.left_out},
                           {"replay", Json()}};
  if (before != nullptr) json["replay"] = progress_json(*before);
  terminal.out << pretty_json(json) << "\n";
}

void say_left_out(const Terminal& terminal, std::int64_t count) {
  if (count == 0) return;
  const std::string_view phrase = plural(
      static_cast<std::size_t>(count),
      "{0} delivery of them was sent already and is left out; --state sent or --channel sends it again.",
      "{0} deliveries of them were sent already and are left out; --state sent or --channel sends them "
      "again.");
  terminal.err << say(terminal.language, Sentence(std::string(phrase), {std::to_string(count)})) << "\n";
}

void print_counts(const Terminal& terminal, const ReplayCounts& counts, bool accept_late) {
  Table table({"CHANNEL", "DELIVERIES", "SENT ALREADY", "POSSIBLY SENT", "TOO LATE", "DATED", "PASSED OVER"});
  for (const SelectionCount& count : counts.channels) {
    table.add({std::string(terminal.say(to_text(count.channel))), std::to_string(count.deliveries),
               Cell(std::to_string(count.sent_already), count.sent_already > 0 ? Tone::warn : Tone::plain),
               Cell(std::to_string(count.possibly_sent), count.possibly_sent > 0 ? Tone::warn : Tone::plain),
               Cell(std::to_string(count.late), count.late > 0 ? Tone::warn : Tone::plain),
               std::to_string(count.dated), std::to_string(count.passed_over)});
  }
  table.print(terminal);
  const Total total = total_of(counts.channels);
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
  warn(total.dated > 0,
       "Dated: their notices have their legal date. A further sending is a courtesy and moves no date.");
  warn(total.passed_over > 0,
       "Passed over: not to be sent again. They are under way or waiting anyway, cancelled or not needed, "
       "shown in the inbox, sent with a date that has passed since, held because they are late (resolve "
       "them), "
       "confirmed by their provider, accepted for the sandbox while the channel is real now or the other way "
       "round, or behind another channel of their notice that has its turn.");
  const auto tell = [&](std::int64_t count, const char* sentence) {
    if (count > 0)
      terminal.err << say(terminal.language, Sentence(sentence, {std::to_string(count)})) << "\n";
  };
  tell(total.corrected_waiting,
       "Corrected: {0} of these wait to be sent anyway; they go out once, now, to the corrected address.");
  tell(total.under_way,
       "Under way: {0} of these are being sent at this moment, as they are; look at them when that has "
       "ended.");
  if (total.in_another > 0) {
    terminal.err << say(terminal.language,
                        Sentence("In another: a replay that is running has {0} of these already (`duenotice "
                                 "jobs`); wait until it is done, or some may be sent twice.",
                                 {std::to_string(total.in_another)}))
                 << "\n";
  }
  warn(total.deliveries > limits::replay_items_most,
       "One replay takes the first 100000; give the command again with another reason for the rest.");
  say_left_out(terminal, counts.left_out);
}

}  // namespace duenotice::app
