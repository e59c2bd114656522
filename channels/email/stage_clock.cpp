#include "channels/email/stage_clock.hpp"

namespace duenotice::channels {

void StageClock::begin(const SmtpDialogue& dialogue) {
  stage_ = dialogue.stage();
  replies_ = dialogue.replies();
  began_ = std::chrono::steady_clock::now();
}

void StageClock::look(const SmtpDialogue& dialogue) {
  const bool giving = stage_ == SmtpStage::content && dialogue.stage() == SmtpStage::final_reply;
  const bool moved = dialogue.stage() != stage_ || dialogue.replies() != replies_;
  if (moved && !giving) begin(dialogue);
}

StageClock::Time StageClock::deadline() const {
  return began_ + (stage_ == SmtpStage::connect ? connect_timeout_ : reply_timeout_);
}

Milliseconds time_before_the_dot(const EmailOptions& options) {
  return options.connect_timeout + limits::replies_before_the_last * options.reply_timeout;
}

Milliseconds time_after_the_dot(const EmailOptions& options) {
  return std::chrono::ceil<std::chrono::seconds>(options.final_reply_timeout);
}

Milliseconds smtp_guard(const EmailOptions& options) {
  return time_before_the_dot(options) + time_after_the_dot(options);
}

}  // namespace duenotice::channels
