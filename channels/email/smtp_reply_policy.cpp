#include "channels/email/smtp_reply_policy.hpp"

#include "gateway/base/assert.hpp"

namespace duenotice::channels {
namespace {

constexpr int service_closing = 421;

std::string code_of(const SmtpFacts& facts) {
  switch (facts.end) {
    case SmtpEnd::replied:
      return std::to_string(facts.reply_code);
    case SmtpEnd::resolve_failed:
      return "resolve_failed";
    case SmtpEnd::connect_failed:
      return "connect_failed";
    case SmtpEnd::tls_not_offered:
      return "tls_not_offered";
    case SmtpEnd::tls_untrusted:
      return "tls_untrusted";
    case SmtpEnd::tls_failed:
      return "tls_failed";
    case SmtpEnd::auth_refused:
      return "auth_failed";
    case SmtpEnd::auth_not_offered:
      return "auth_not_offered";
    case SmtpEnd::smtputf8_not_offered:
      return "smtputf8_not_offered";
    case SmtpEnd::timed_out:
      return "timeout_" + std::string(to_text(facts.stage));
    case SmtpEnd::connection_lost:
      return "connection_lost_" + std::string(to_text(facts.stage));
    case SmtpEnd::aborted:
      return "aborted";
  }
  DN_ASSERT(false);
}

bool is_configuration(int reply_code) {
  return reply_code == 530 || reply_code == 534 || reply_code == 535 || reply_code == 538;
}

Outcome outcome_after_the_dot(const SmtpFacts& facts) {
  if (facts.end != SmtpEnd::replied) return Outcome::unknown;
  switch (facts.reply_code / 100) {
    case 2:
      return Outcome::sent;
    case 4:
      return Outcome::transient_failure;
    case 5:
      return Outcome::permanent_failure;
    default:
      return Outcome::unknown;
  }
}

Outcome outcome_before_the_dot(const SmtpFacts& facts) {
  if (facts.end == SmtpEnd::aborted) return Outcome::not_started;
  if (facts.end == SmtpEnd::smtputf8_not_offered) return Outcome::permanent_failure;
  const bool about_this_message = facts.end == SmtpEnd::replied && facts.stage >= SmtpStage::mail;
  return about_this_message && facts.reply_code / 100 == 5 && !is_configuration(facts.reply_code)
             ? Outcome::permanent_failure
             : Outcome::transient_failure;
}

/// Refused or lost for a reason that the next message would meet too.
bool is_provider_fault(const SmtpFacts& facts) {
  if (facts.end == SmtpEnd::aborted || facts.end == SmtpEnd::smtputf8_not_offered) return false;
  if (facts.end != SmtpEnd::replied) return true;
  return facts.stage <= SmtpStage::session || facts.reply_code == service_closing ||
         is_configuration(facts.reply_code);
}

}  // namespace

std::string_view to_text(SmtpStage stage) {
  switch (stage) {
    case SmtpStage::connect:
      return "connect";
    case SmtpStage::greeting:
      return "greeting";
    case SmtpStage::session:
      return "session";
    case SmtpStage::mail:
      return "mail";
    case SmtpStage::recipient:
      return "recipient";
    case SmtpStage::data:
      return "data";
    case SmtpStage::content:
      return "content";
    case SmtpStage::final_reply:
      return "final_reply";
  }
  DN_ASSERT(false);
}

OutcomeReport report_of(const SmtpFacts& facts) {
  const bool dot_possible = facts.stage == SmtpStage::final_reply;
  return {.outcome = dot_possible ? outcome_after_the_dot(facts) : outcome_before_the_dot(facts),
          .code = code_of(facts),
          .reply = facts.reply,
          .retry_after = {},
          .provider_id = {},
          .provider_fault = is_provider_fault(facts)};
}

bool was_stale(const SmtpFacts& facts, bool connection_was_kept) {
  if (!connection_was_kept || facts.stage > SmtpStage::mail) return false;
  return facts.end == SmtpEnd::connection_lost ||
         (facts.end == SmtpEnd::replied && facts.reply_code == service_closing);
}

}  // namespace duenotice::channels
