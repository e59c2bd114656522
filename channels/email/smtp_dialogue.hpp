#pragma once
#include <set>
#include <string>
#include <string_view>

#include "channels/email/smtp_reply_policy.hpp"

namespace duenotice::channels {

/// Follows an SMTP session from the lines that the server sends, so that at any moment it is known how far a
/// message got. Knows nothing of sockets: the lane tells it what happens. One thread.
class SmtpDialogue {
 public:
  /// A new message, on whatever connection: nothing that was said before is about it.
  void begin();
  /// A new connection is being made: what the server of the old one offered is forgotten.
  void connecting();
  /// The connection stands; the greeting is awaited.
  void connected();
  /// Login is done, or the connection was kept: the next reply answers MAIL FROM.
  void begin_transaction();
  /// One line from the server, with its line end.
  void read_line(std::string_view line);
  /// Everything but the final dot was given to the network.
  void content_given();
  /// It turned out that the content never left us as a whole.
  void content_not_given();

  SmtpStage stage() const { return stage_; }
  /// Whether the last complete reply at this stage said no, or was the reply to the final dot, whatever it
  /// said.
  bool ended_by_reply() const { return ended_by_reply_; }
  int reply_code() const { return code_; }
  /// The last complete reply at this stage: all its lines, at most limits::reply_bytes, without the last line
  /// end.
  const std::string& reply() const { return reply_; }
  /// Complete replies read on this connection; rises whenever the server has answered something.
  int replies() const { return replies_; }
  /// Whether EHLO listed this keyword (upper case) in the session as it is now, so after STARTTLS if there
  /// was one.
  bool offers(const std::string& keyword) const { return offered_.contains(keyword); }

 private:
  void enter(SmtpStage stage);
  void read_reply();

  SmtpStage stage_ = SmtpStage::connect;
  bool ended_by_reply_ = false;
  int code_ = 0;
  std::string reply_;
  std::string unfinished_;  ///< lines of a reply whose last line has not come yet
  int replies_ = 0;
  std::set<std::string> offered_;
};

}  // namespace duenotice::channels
