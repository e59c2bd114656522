#include "gateway/app/agreement_reload.hpp"

#include <algorithm>

namespace duenotice::app {

AgreementReload::AgreementReload(templates::CurrentLibrary& library, std::filesystem::path folder,
                                 std::optional<std::filesystem::path> calendar, const Clock& clock, Log& log)
    : library_(library),
      folder_(std::move(folder)),
      calendar_(std::move(calendar)),
      clock_(clock),
      log_(log),
      loaded_at_(clock.now()) {}

bool AgreementReload::reload() {
  std::vector<templates::Mistake> mistakes = library_.reload(folder_, calendar_);
  for (const templates::Mistake& mistake : mistakes) {
    log_.error("agreement_mistake", {{"file", mistake.file.string()},
                                     {"line", std::int64_t{mistake.line}},
                                     {"mistake", mistake.message}});
  }
  const bool replaced = mistakes.empty();
  const auto versions = static_cast<std::int64_t>(library_.get()->agreements().all().size());
  if (replaced) {
    log_.info("agreements_reloaded", {{"versions", versions}});
  } else {
    log_.error("agreements_kept",
               {{"mistakes", static_cast<std::int64_t>(mistakes.size())}, {"versions", versions}});
  }
  const Instant now = clock_.now();
  const std::lock_guard lock(mutex_);
  if (replaced) loaded_at_ = now;
  last_ = Last{now, std::move(mistakes)};
  return replaced;
}

Json AgreementReload::status() const {
  Json json = Json::object();
  json["versions"] = static_cast<std::int64_t>(library_.get()->agreements().all().size());
  const std::lock_guard lock(mutex_);
  json["loaded_at"] = to_text(loaded_at_);
  json["last_reload"] = Json();
  if (!last_) return json;
  Json last = Json::object();
  last["at"] = to_text(last_->at);
  last["replaced"] = last_->mistakes.empty();
  last["mistakes"] = static_cast<std::int64_t>(last_->mistakes.size());
  last["first_mistake"] = last_->mistakes.empty() ? Json() : Json(in_words(last_->mistakes.front()));
  json["last_reload"] = std::move(last);
  return json;
}

std::string in_words(const templates::Mistake& mistake) {
  return mistake.file.string() + (mistake.line > 0 ? ":" + std::to_string(mistake.line) : "") + ": " +
         mistake.message;
}

std::string mistakes_in_words(const std::vector<templates::Mistake>& mistakes,
                              const std::optional<std::filesystem::path>& calendar) {
  const auto of_calendar = [&](const templates::Mistake& mistake) { return mistake.file == calendar; };
  const std::string where = std::ranges::all_of(mistakes, of_calendar)    ? "the calendar has "
                            : std::ranges::none_of(mistakes, of_calendar) ? "the agreements have "
                                                                          : "agreements and calendar have ";
  const std::string count =
      mistakes.size() == 1 ? "1 mistake, in " : std::to_string(mistakes.size()) + " mistakes, the first in ";
  return where + count + in_words(mistakes.front()) + "\n`duenotice agreements check` lists all of them";
}

}  // namespace duenotice::app
