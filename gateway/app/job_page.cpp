#include "gateway/app/job_page.hpp"

#include "gateway/app/phrases.hpp"
#include "gateway/app/replay_progress.hpp"
#include "gateway/notice/masked_text.hpp"

namespace duenotice::app {

namespace {

/// What was asked for (replay_order.hpp), or null where it cannot be read.
Json asked_for(const Job& job) {
  auto asked = parse_json(job.selection);
  return asked ? std::move(*asked) : Json();
}

Json decision_json(const Act& act) {
  return Json::Object{{"act_id", act.id},
                      {"at", to_text(act.at)},
                      {"operator", as_utf8(act.operator_name)},
                      {"reason", as_utf8(act.reason)}};
}

/// The filters as they were given; named notices as their number, because the journal's own numbers say
/// nothing.
Json selection_json(const Job& job) {
  Json asked = asked_for(job);
  const Json* select = asked.find("select");
  Json shown = select == nullptr ? Json::object() : *select;
  const Json* notices = shown.find("notices");
  if (notices != nullptr && notices->as_array() != nullptr)
    shown["notices"] = static_cast<std::int64_t>(notices->as_array()->size());
  return shown;
}

}  // namespace

std::string_view standing_of(const JobProgress& progress) {
  if (progress.job.state == JobState::stopped) return "stopped";
  if (progress.open() > 0) return "running";
  return progress.waiting > 0 ? "waiting" : "done";
}

std::int64_t settled(const JobProgress& progress) { return progress.ended() - progress.waiting; }

std::string selection_in_words(const Terminal& terminal, const Job& job) {
  std::string words;
  const auto add = [&](const std::string& more) { words += (words.empty() ? "" : " ") + more; };
  const Json select = selection_json(job);
  if (const Json* notices = select.find("notices"); notices != nullptr && notices->as_integer() != nullptr) {
    const auto count = static_cast<std::size_t>(*notices->as_integer());
    add(say(terminal.language,
            Sentence(std::string(plural(count, "{0} notice", "{0} notices")), {std::to_string(count)})));
  }
  for (const char* filter : {"state", "channel", "code", "kind", "agreement", "since", "until"}) {
    const Json* value = select.find(filter);
    if (value == nullptr || value->as_string() == nullptr) continue;
    add("--" + std::string(filter) + " " + (value->as_string()->empty() ? "''" : *value->as_string()));
  }
  if (job.accept_late) add("--accept-late");
  if (!job.address.empty())
    add(std::string(job.address.front() == '+' ? "--phone " : "--email ") + masked_text(job.address));
  return words;
}

Json job_json(const JobProgress& progress) {
  Json json = progress_json(progress);
  json["asked"] = decision_json(progress.asked);
  json["stopped"] = progress.stopped ? decision_json(*progress.stopped) : Json();
  json["select"] = selection_json(progress.job);
  json["accept_late"] = progress.job.accept_late;
  json["address_masked"] = progress.job.address.empty() ? Json() : Json(masked_text(progress.job.address));
  json["rate"] = progress.job.rate;
  json["deliveries"] = progress.deliveries();
  json["settled"] = settled(progress);
  return json;
}

}  // namespace duenotice::app
