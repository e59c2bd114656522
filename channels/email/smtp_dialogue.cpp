#include "channels/email/smtp_dialogue.hpp"

#include <algorithm>

#include "gateway/base/limits.hpp"

namespace duenotice::channels {
namespace {

constexpr int ready = 220;
constexpr int start_content = 354;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Whether libcurl takes this line for the end of a reply; the dialogue must count as it does.
bool ends_a_reply(std::string_view line) {
  return line.size() >= 4 && is_digit(line[0]) && is_digit(line[1]) && is_digit(line[2]) &&
         (line[3] == ' ' || line.size() == 5);
}

std::string keyword_of(std::string_view line) {
  const std::string_view text = line.substr(4);
  std::string word(text.substr(0, text.find_first_of(" \r\n")));
  std::transform(word.begin(), word.end(), word.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return word;
}

}  // namespace

void SmtpDialogue::enter(SmtpStage stage) {
  stage_ = stage;
  ended_by_reply_ = false;
  code_ = 0;
  reply_.clear();
  unfinished_.clear();
}

void SmtpDialogue::begin() { enter(SmtpStage::connect); }

void SmtpDialogue::connecting() {
  enter(SmtpStage::connect);
  offered_.clear();
  replies_ = 0;
}

void SmtpDialogue::connected() { enter(SmtpStage::greeting); }

void SmtpDialogue::begin_transaction() { enter(SmtpStage::mail); }

void SmtpDialogue::content_given() { enter(SmtpStage::final_reply); }

void SmtpDialogue::content_not_given() { enter(SmtpStage::content); }

void SmtpDialogue::read_line(std::string_view line) {
  // The answer is complete; what still comes is about something else, for instance about QUIT.
  if (ended_by_reply_ && stage_ != SmtpStage::session) return;
  const std::size_t room = limits::reply_bytes - std::min(limits::reply_bytes, unfinished_.size());
  unfinished_.append(line.substr(0, room));
  // The greeting can come before the lane has noticed that the connection stands.
  if (stage_ == SmtpStage::connect) stage_ = SmtpStage::greeting;
  if (stage_ == SmtpStage::session && line.starts_with("250") && line.size() > 4)
    offered_.insert(keyword_of(line));
  if (!ends_a_reply(line)) return;
  code_ = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
  reply_ = std::move(unfinished_);
  unfinished_.clear();
  while (!reply_.empty() && (reply_.back() == '\n' || reply_.back() == '\r')) reply_.pop_back();
  ++replies_;
  read_reply();
}

void SmtpDialogue::read_reply() {
  const bool positive = code_ / 100 == 2;
  switch (stage_) {
    case SmtpStage::greeting:
      return positive ? enter(SmtpStage::session) : void(ended_by_reply_ = true);
    case SmtpStage::session:
      // After STARTTLS what was offered in the clear is void (RFC 3207 4.2).
      if (code_ == ready) offered_.clear();
      ended_by_reply_ = code_ >= 400;
      return;
    case SmtpStage::mail:
      return positive ? enter(SmtpStage::recipient) : void(ended_by_reply_ = true);
    case SmtpStage::recipient:
      return positive ? enter(SmtpStage::data) : void(ended_by_reply_ = true);
    case SmtpStage::data:
      return code_ == start_content ? enter(SmtpStage::content) : void(ended_by_reply_ = true);
    default:
      ended_by_reply_ = true;
  }
}

}  // namespace duenotice::channels
