#include "gateway/app/preview_messages.hpp"

#include <algorithm>

#include "gateway/agreement/lead_time.hpp"
#include "gateway/agreement/plan.hpp"
#include "gateway/app/wiring.hpp"
#include "gateway/base/random.hpp"
#include "gateway/base/words.hpp"
#include "gateway/notice/request_decoder.hpp"
#include "gateway/pipeline/channels_left_out.hpp"
#include "gateway/pipeline/intake.hpp"

namespace duenotice::app {

namespace {

constexpr std::string_view notice_id = "00000000000000000000000000";

/// The agreement and kind that were asked for, or what there is instead.
struct Subject {
  const Agreement* agreement;
  const Kind* kind;
};

Result<Subject> find_subject(const AgreementSet& agreements, const PreviewArguments& arguments,
                             const std::optional<std::string>& version, Instant now) {
  if (!agreements.knows(arguments.agreement)) {
    return Error{ErrorKind::not_found,
                 "there is no agreement " + arguments.agreement + "; `duenotice agreements show` lists them"};
  }
  const Agreement* agreement = version ? agreements.version(arguments.agreement, *version)
                                       : agreements.in_force(arguments.agreement, now);
  if (agreement == nullptr) {
    return Error{ErrorKind::not_found,
                 "agreement " + arguments.agreement +
                     (version ? " has no version " + *version + "; `duenotice agreements show` lists them"
                              : " is not in force yet; name an --agreement-version")};
  }
  const auto kind = agreement->kinds.find(arguments.kind);
  if (kind == agreement->kinds.end()) {
    std::vector<std::string> names;
    for (const auto& [name, each] : agreement->kinds) names.push_back(name);
    return Error{ErrorKind::not_found, "agreement " + agreement->id + " has no kind " + arguments.kind +
                                           "; it has: " + joined(names)};
  }
  return Subject{agreement, &kind->second};
}

/// Transports that are never used: they give the formats, and their timeouts the guard before midnight.
Result<Providers> formats(const Configuration& configuration, const std::vector<Channel>& channels) {
  Configuration copy = configuration;
  EmailSettings& email = copy.email;
  if (email.url.empty()) {
    email.url = "smtp://localhost";
    email.connect_timeout = email.reply_timeout = email.final_reply_timeout = Milliseconds(1);
  }
  email.sandbox.reset();
  email.username.clear();
  email.password = {};
  email.verp_key_file.reset();
  if (email.from.empty()) email.from = "notices@duenotice.invalid";
  SmsSettings& sms = copy.sms;
  if (sms.url.empty() && !sms.provider_file) {
    sms.url = "kannel://localhost";
    sms.connect_timeout = sms.reply_timeout = sms.report_timeout = Milliseconds(1);
  }
  sms.sandbox.reset();
  sms.username = sms.password.value = sms.report_key.value = "preview";
  if (sms.sender.empty()) sms.sender = "preview";
  Providers made;
  for (const Channel channel : channels) {
    auto format = open_provider(copy, channel);
    if (!format) return format.error();
    if (*format) made.emplace(channel, std::move(*format));
  }
  return made;
}

bool is_configured(const Configuration& configuration, Channel channel) {
  switch (channel) {
    case Channel::email:
      return configuration.email.enabled();
    case Channel::in_site:
      return configuration.in_site.enabled;
    case Channel::sms:
      return configuration.sms.enabled();
  }
  return false;
}

std::vector<Channel> configured_channels(const Configuration& configuration) {
  std::vector<Channel> channels;
  for (const Channel channel : every_channel) {
    if (is_configured(configuration, channel)) channels.push_back(channel);
  }
  return channels;
}

Error refused(const Rejection& rejection) {
  return {ErrorKind::invalid, std::string(to_text(rejection.code)) + " at " +
                                  (rejection.pointer.empty() ? "the body" : rejection.pointer) + ": " +
                                  rejection.message};
}

/// Who would write the messages: a gateway with every channel, and the one that is configured here.
struct Makers {
  const MessageMaker& complete;
  const MessageMaker& here;
};

/// What is judged, and against what.
struct Publication {
  const RequestSchema& schema;
  const Request& request;
  const std::string& body;
  std::size_t max_body;
};

Verdict judge(const MessageMaker& maker, const Publication& publication, const Clock& clock) {
  SystemRandom random;
  const Intake intake(maker, publication.schema, publication.max_body, clock, random);
  return intake
      .judge({.tag = 0,
              .content_type = "application/json",
              .body = publication.body,
              .redelivered = false,
              .oversized = std::nullopt})
      .verdict;
}

/// Warns of what would become of the request, were it published now; the date to show comes back.
Result<std::optional<CalendarDate>> foresee(const Makers& makers, const Publication& publication,
                                            const Clock& clock, Preview& preview) {
  const Request& request = publication.request;
  const std::string asked = request.effective_date ? to_text(*request.effective_date) : "";
  const auto verdict = judge(makers.here, publication, clock);
  if (const auto* rejection = std::get_if<Rejection>(&verdict)) {
    // A mistake of the request itself is one in every gateway; all else may pass elsewhere or earlier.
    const auto elsewhere = judge(makers.complete, publication, clock);
    const auto* mistake = std::get_if<Rejection>(&elsewhere);
    if (mistake != nullptr && mistake->code != RejectionCode::lead_time_too_short) return refused(*mistake);
    const std::string code(to_text(rejection->code));
    preview.warnings.push_back(
        {code, {"published now, this request would be REJECTED ({0}): {1}", {code, rejection->message}}});
    return request.effective_date;
  }
  const Draft& draft = std::get<Draft>(verdict);
  if (draft.moved_from) {
    preview.warnings.push_back(
        {"effective_date_moved",
         {"the effective date {0} is too early for a sending now: it would be MOVED to {1}, and is shown so",
          {asked, to_text(*draft.notice.effective_date)}}});
  } else if (std::any_of(draft.deliveries.begin(), draft.deliveries.end(),
                         [](const Delivery& each) { return each.state == DeliveryState::held; })) {
    preview.warnings.push_back(
        {"held_late",
         {"published in time, but too late now for a date of it: the notice would be HELD for a person",
          {}}});
  }
  return draft.notice.effective_date;
}

void warn_of_unused_channels(const Configuration& configuration, const Plan& plan, Preview& preview) {
  for (const PlannedDelivery& planned : plan.deliveries) {
    if (is_configured(configuration, planned.channel)) continue;
    preview.warnings.push_back({"channel_unused",
                                {"the channel {0} is not configured here, so nothing would go out by it",
                                 {std::string(to_text(planned.channel))}}});
  }
}

Result<PreviewMessage, Rejection> make_message(const MessageMaker& maker, const Preview& preview,
                                               const Request& request, const PlannedDelivery& planned,
                                               Instant now) {
  auto words = maker.library()->render({.agreement = *preview.agreement,
                                        .kind = *preview.kind,
                                        .language = preview.language,
                                        .channel = planned.channel,
                                        .recipient_name = request.recipient.name,
                                        .account_id = request.account_id,
                                        .reference = request.reference,
                                        .effective_date = preview.effective_date,
                                        .variables = request.variables});
  if (!words) return words.error();
  const std::string id(notice_id);
  const auto rendering = maker.make({.agreement = *preview.agreement,
                                     .kind = *preview.kind,
                                     .request = request,
                                     .notice_id = id,
                                     .language = preview.language,
                                     .address = planned.address,
                                     .channel = planned.channel,
                                     .revision = 1,
                                     .effective_date = preview.effective_date,
                                     .now = now});
  if (!rendering) return rendering.error();
  PreviewMessage message{planned.channel,   planned.counts,     planned.address,
                         std::move(*words), rendering->content, std::nullopt};
  if (planned.channel == Channel::sms) message.sms = channels::measure_sms(message.content);
  return message;
}

void warn_of_what_was_assumed(const PreviewData& data, Preview& preview, CalendarDate today) {
  if (data.lacks_addresses()) {
    preview.warnings.push_back({"no_usable_address",
                                {"the recipient has no address, and published like this it would be REJECTED "
                                 "(no_usable_address): shown with made-up ones",
                                 {}}});
  }
  if (preview.agreement->in_force_from > today) {
    preview.warnings.push_back({"not_in_force_yet",
                                {"version {0} is not in force before {1}: it is used because it was named",
                                 {preview.agreement->version, to_text(preview.agreement->in_force_from)}}});
  }
}

/// A kind with a lead time needs a date; without one the earliest lawful is shown.
void assume_effective_date(const MessageMaker& maker, PreviewData& data, Preview& preview, Instant now) {
  if (!preview.kind->lead_days || data.has_effective_date()) return;
  Milliseconds guard{0};
  for (const Channel channel : preview.kind->channels) guard = std::max(guard, maker.guard(channel));
  const CalendarDate earliest = earliest_for_start(std::max(now, data.send_not_before().value_or(now)), guard,
                                                   preview.agreement->time_zone, *preview.kind->lead_days,
                                                   maker.library()->agreements().rest_days());
  data.set_effective_date(to_text(earliest));
  preview.warnings.push_back({"effective_date_assumed",
                              {"no effective_date given, and published without one it would be REJECTED "
                               "(effective_date_missing): shown with {0}, the earliest lawful one",
                               {to_text(earliest)}}});
}

}  // namespace

Result<Preview> make_preview(const std::shared_ptr<const templates::Library>& library,
                             const Configuration& configuration, const PreviewArguments& arguments,
                             PreviewData data, const Clock& clock) {
  const Instant now = clock.now();
  const auto subject = find_subject(library->agreements(), arguments, data.agreement_version(), now);
  if (!subject) return subject.error();
  Preview preview;
  preview.agreement = subject->agreement;
  preview.kind = subject->kind;
  const auto providers = formats(configuration, {every_channel.begin(), every_channel.end()});
  if (!providers) return providers.error();
  const auto providers_here = formats(configuration, configured_channels(configuration));
  if (!providers_here) return providers_here.error();
  const templates::CurrentLibrary current(library);
  const MessageMaker maker(current, *providers, true);
  const MessageMaker here(current, *providers_here, configuration.in_site.enabled);
  data.complete();
  warn_of_what_was_assumed(data, preview, preview.agreement->time_zone.date_of(now));
  assume_effective_date(maker, data, preview, now);

  const RequestSchema schema;
  const std::string body = data.body();
  const auto request = decode_request(body, "application/json", configuration.queue.max_body, schema);
  if (!request) return refused(request.error());
  const auto language = preview.agreement->language_for(request->recipient.locale);
  if (!language) {
    return Error{ErrorKind::not_found, "agreement " + preview.agreement->id +
                                           " has no texts for the locale " + request->recipient.locale +
                                           "; `duenotice agreements show` lists its languages"};
  }
  preview.language = *language;
  const auto date =
      foresee({maker, here}, {schema, *request, body, configuration.queue.max_body}, clock, preview);
  if (!date) return date.error();
  preview.effective_date = *date;
  if (preview.kind->lead_days && preview.effective_date) {
    const Instant start = std::max(now, request->send_not_before.value_or(now));
    const LeadTime counted =
        count_lead_time(preview.agreement->time_zone.date_of(start), *preview.effective_date,
                        *preview.kind->lead_days, library->agreements().rest_days());
    preview.must_be_sent_by = counted.must_be_sent_by;
    preview.calendar = counted.calendar;
  }
  const auto plan = plan_deliveries(*preview.kind, *request, maker.configured());
  if (!plan) return refused(plan.error());
  warn_of_unused_channels(configuration, *plan, preview);
  ChannelsLeftOut left_out(*request, plan->required);
  for (const PlannedDelivery& planned : plan->deliveries) {
    auto message = make_message(maker, preview, *request, planned, now);
    if (!message) {
      if (!left_out.take(planned, message.error())) return refused(message.error());
      preview.warnings.push_back({"channel_left_out",
                                  {planned.counts ? "the channel {0} would be LEFT OUT: {1}"
                                                  : "the copy by {0} would be LEFT OUT: {1}",
                                   {std::string(to_text(planned.channel)), message.error().message}}});
      continue;
    }
    left_out.fits(planned);
    preview.messages.push_back(std::move(*message));
  }
  if (const auto fault = left_out.fault()) return refused(*fault);
  return preview;
}

}  // namespace duenotice::app
