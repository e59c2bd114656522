#pragma once
#include <chrono>

#include "channels/email/email_options.hpp"
#include "channels/email/smtp_dialogue.hpp"
#include "gateway/base/time.hpp"

namespace duenotice::channels {

/// How long the present stage of a dialogue may still take. Each complete reply of the server begins the time
/// anew; giving the last byte of the content does not.
class StageClock {
 public:
  using Time = std::chrono::steady_clock::time_point;

  StageClock(Milliseconds connect_timeout, Milliseconds reply_timeout)
      : connect_timeout_(connect_timeout), reply_timeout_(reply_timeout) {}

  void begin(const SmtpDialogue& dialogue);
  /// To be called whenever the dialogue may have moved.
  void look(const SmtpDialogue& dialogue);
  Time deadline() const;

 private:
  const Milliseconds connect_timeout_;
  const Milliseconds reply_timeout_;
  SmtpStage stage_ = SmtpStage::connect;
  int replies_ = 0;
  Time began_;
};

/// How long everything before the final dot may take, however many stages it has and however often it is
/// tried.
Milliseconds time_before_the_dot(const EmailOptions& options);
/// The wait for the reply to the final dot, in the whole seconds that libcurl counts in.
Milliseconds time_after_the_dot(const EmailOptions& options);
/// How long after the begin of a hand-over its positive reply can be read at the latest.
Milliseconds smtp_guard(const EmailOptions& options);

}  // namespace duenotice::channels
