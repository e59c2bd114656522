#include "gateway/app/heartbeat.hpp"

namespace duenotice::app {

std::string Heartbeat::standing_still() {
  const Gateway::Rounds now = gateway_.rounds();
  const bool answered = answers_->load() == questions_;
  std::string names;
  const auto name = [&](bool stands_still, const char* thread) {
    if (stands_still) names += (names.empty() ? "" : ", ") + std::string(thread);
  };
  name(!answered, "journal");
  name(!is_first_ && now.timer == before_.timer, "timer");
  name(!is_first_ && now.intake == before_.intake, "intake");
  before_ = now;
  is_first_ = false;
  if (answered) {
    ++questions_;
    journal_.submit(
        WorkClass::outcome, [](Transaction&) {}, [answers = answers_](Committed) { answers->fetch_add(1); });
  }
  return names;
}

}  // namespace duenotice::app
