#pragma once
#include "gateway/agreement/agreement.hpp"
#include "gateway/journal/journal_reader.hpp"

namespace duenotice::test {

/// A notice of two deliveries: an email to the sandbox that was sent at its second attempt, and an in-site
/// copy.
inline NoticeFile sample_notice() {
  NoticeFile file;
  Notice& notice = file.notice;
  notice.id = "01J2Z0V7N3KJ6Q8M4T5W9XYABC";
  notice.source = "billing";
  notice.request_id = "r-1";
  notice.agreement = "user-agreement";
  notice.agreement_version = "2022-10-10";
  notice.kind = "service_termination";
  notice.clause = "9.3.3";
  notice.account_id = "acct-1";
  notice.time_zone = "Asia/Shanghai";
  notice.lead_days = 30;
  notice.accepted_at = *parse_instant("2026-06-30T15:59:50Z");
  notice.effective_date = parse_date("2026-08-15");
  notice.earliest_effective_date = parse_date("2026-08-01");
  notice.must_be_sent_by = parse_date("2026-07-15");
  notice.sandbox = true;
  notice.state = NoticeState::deemed_delivered;
  notice.deemed = DeemedDelivery{.at = *parse_instant("2026-06-30T16:00:00Z"),
                                 .on = *parse_date("2026-07-01"),
                                 .rule = "agreement-date-of-sending",
                                 .clause = "12.1",
                                 .channel = Channel::email,
                                 .attempt = 2};

  Delivery email;
  email.channel = Channel::email;
  email.counts = true;
  email.state = DeliveryState::sent;
  email.address = "zhang.wei@example.com";
  email.address_masked = "z***@e***.com";
  email.attempts = 2;
  email.sandbox = true;
  Delivery copy;
  copy.channel = Channel::in_site;
  copy.position = 1;
  copy.state = DeliveryState::waiting;
  copy.due_at = *parse_instant("2026-06-30T16:01:00Z");
  copy.address = "user-10086";
  copy.address_masked = "u***6";
  file.deliveries = {email, copy};

  Attempt first;
  first.channel = Channel::email;
  first.number = 1;
  first.started_at = *parse_instant("2026-06-30T15:59:51Z");
  first.ended_at = *parse_instant("2026-06-30T15:59:52Z");
  first.outcome = Outcome::transient_failure;
  first.code = "450";
  first.reply = "450 4.2.1 \x1b[2Jtry later \xff\r\n";
  Attempt second = first;
  second.number = 2;
  second.started_at = *parse_instant("2026-06-30T15:59:59Z");
  second.ended_at = *parse_instant("2026-06-30T16:00:00Z");
  second.outcome = Outcome::sent;
  second.code = "250";
  second.reply = "250 2.0.0 queued";
  second.possible_duplicate = true;
  file.attempts = {first, second};

  Rendering rendering;
  rendering.channel = Channel::email;
  rendering.message_id = "01J2Z0V7N3KJ6Q8M4T5W9XYABC.1@example.com";
  file.renderings = {rendering};
  file.events = {{7, notice.accepted_at, "accepted", "{}"}, {9, notice.deemed->at, "deemed_delivered", "{}"}};
  return file;
}

}  // namespace duenotice::test
