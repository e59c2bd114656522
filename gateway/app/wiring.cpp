#include "gateway/app/wiring.hpp"

#include <cstdlib>
#include <iostream>

#include "channels/email/email_options.hpp"
#include "channels/sms/kannel_report.hpp"
#include "channels/sms/sms_options.hpp"
#include "gateway/app/data_folders.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/journal_access.hpp"
#include "gateway/base/file_system.hpp"
#include "queue/embedded_queue.hpp"
#include "queue/rabbitmq.hpp"

namespace duenotice::app {
namespace {

queue::EmbeddedOptions embedded_options(const QueueSettings& settings) {
  return {.path = *settings.embedded,
          .prefetch = settings.prefetch,
          .prefetch_bytes = settings.prefetch_bytes,
          .dead_letter_ttl = settings.dead_letter_ttl};
}

Result<queue::RabbitOptions> rabbit_options(const QueueSettings& settings) {
  auto password = settings.password.read();
  if (!password) return password.error();
  return queue::RabbitOptions{.url = settings.url,
                              .password = std::move(*password),
                              .ca_file = settings.ca_file.value_or("").string(),
                              .requests = settings.requests,
                              .dead_letters = settings.dead_letters,
                              .events = settings.events,
                              .declare = settings.declare,
                              .prefetch = settings.prefetch,
                              .prefetch_bytes = settings.prefetch_bytes,
                              .dead_letter_ttl = settings.dead_letter_ttl};
}

channels::Tls email_tls(EmailTls tls) {
  switch (tls) {
    case EmailTls::required:
      return channels::Tls::required;
    case EmailTls::opportunistic:
      return channels::Tls::opportunistic;
    case EmailTls::off:
      return channels::Tls::off;
  }
  return channels::Tls::required;
}

Result<channels::EmailOptions> email_options(const EmailSettings& settings) {
  auto password = settings.password.read();
  if (!password) return password.error();
  std::string verp_key;
  if (settings.verp_key_file) {
    auto key = read_secret(*settings.verp_key_file);
    if (!key) return key.error();
    verp_key = std::move(*key);
  }
  return channels::EmailOptions{
      .url = settings.sandbox ? "sandbox:" + settings.sandbox->string() : settings.url,
      .from = settings.from,
      .tls = email_tls(settings.tls),
      .username = settings.username,
      .password = std::move(*password),
      .connections = settings.connections,
      .connect_timeout = settings.connect_timeout,
      .reply_timeout = settings.reply_timeout,
      .final_reply_timeout = settings.final_reply_timeout,
      .bounce_address = settings.bounce_address,
      .verp_key = std::move(verp_key),
      .ca_file = settings.ca_file.value_or("").string()};
}

Result<channels::SmsOptions> sms_options(const SmsSettings& settings) {
  auto password = settings.password.read();
  if (!password) return password.error();
  auto report_key = settings.report_key.read();
  if (!report_key) return report_key.error();
  return channels::SmsOptions{
      .url = settings.url_text(),
      .username = settings.username,
      .password = std::move(*password),
      .sender = settings.sender,
      .connections = settings.connections,
      .connect_timeout = settings.connect_timeout,
      .reply_timeout = settings.reply_timeout,
      .max_segments = settings.max_segments,
      .ca_file = settings.ca_file.value_or("").string(),
      .report_url = settings.report_url.empty()
                        ? "http://" + settings.report_listen + std::string(channels::kannel_report_path)
                        : settings.report_url,
      .report_key = std::move(*report_key),
      .report_timeout = settings.report_timeout};
}

/// What all channels have, but for what this one has of its own.
template <class ChannelSettings>
RetryPolicy retry_policy(RetryPolicy policy, const ChannelSettings& settings) {
  if (!settings.retry.schedule.empty()) policy.schedule = settings.retry.schedule;
  if (settings.retry.attempts != 0) policy.attempts = settings.retry.attempts;
  policy.on_unknown = settings.on_unknown;
  policy.unknown_resends = settings.unknown_resends;
  return policy;
}

}  // namespace

void end_broken(const std::string& what, const std::string& reason) {
  std::cerr << "duenotice: " << what << " cannot be trusted any more: " << reason
            << "\nNothing was acknowledged that is not stored. Mend the disk and start again.\n"
            << std::flush;
  std::_Exit(exit_io);
}

PipelineSettings pipeline_settings(const Configuration& configuration) {
  PipelineSettings settings;
  settings.max_body_bytes = configuration.queue.max_body;
  settings.in_site_enabled = configuration.in_site.enabled;
  settings.drain = configuration.journal.drain;
  settings.event_source = configuration.queue.event_source;
  settings.standard_retry.schedule = configuration.retry.schedule;
  settings.standard_retry.attempts = configuration.retry.attempts;
  settings.retry.emplace(Channel::email, retry_policy(settings.standard_retry, configuration.email));
  settings.retry.emplace(Channel::sms, retry_policy(settings.standard_retry, configuration.sms));
  settings.rate = {{Channel::email, configuration.email.rate}, {Channel::sms, configuration.sms.rate}};
  return settings;
}

SqliteJournalOptions journal_options(const Configuration& configuration) {
  return {.path = configuration.journal.path,
          .low_space_bytes = configuration.journal.low_space_bytes,
          .reserve_bytes = configuration.journal.reserve_bytes,
          .on_broken = [](const std::string& reason) { end_broken("the journal", reason); },
          .master_keys = master_keys_of(configuration.journal)};
}

Result<std::unique_ptr<queue::Consumer>> open_consumer(const Configuration& configuration) {
  const QueueSettings& settings = configuration.queue;
  if (settings.embedded) return queue::open_embedded_consumer(embedded_options(settings));
  const auto options = rabbit_options(settings);
  if (!options) return options.error();
  return queue::open_rabbit_consumer(*options);
}

Result<std::unique_ptr<queue::Publisher>> open_publisher(const Configuration& configuration,
                                                         const Clock& clock, PublisherStart start) {
  const QueueSettings& settings = configuration.queue;
  if (settings.embedded) return queue::open_embedded_publisher(embedded_options(settings), clock);
  auto options = rabbit_options(settings);
  if (!options) return options.error();
  options->connect_at_start = start == PublisherStart::now;
  options->events.clear();  // it publishes none, and its user may have no right to their exchange
  return queue::open_rabbit_publisher(*options);
}

Result<std::unique_ptr<queue::EventPublisher>> open_event_publisher(const Configuration& configuration) {
  const QueueSettings& settings = configuration.queue;
  if (settings.embedded || settings.events.empty()) return std::unique_ptr<queue::EventPublisher>();
  auto options = rabbit_options(settings);
  if (!options) return options.error();
  options->connect_at_start = false;
  return queue::open_rabbit_event_publisher(*options);
}

Result<std::string> check_queue(const Configuration& configuration) {
  const QueueSettings& settings = configuration.queue;
  if (settings.embedded) return queue::check_embedded_queue(embedded_options(settings));
  const auto options = rabbit_options(settings);
  if (!options) return options.error();
  return queue::check_rabbit(*options);
}

Status forget_dead_letters(const Configuration& configuration,
                           const std::function<bool(const std::string& rejection_id)>& is_to_go) {
  const QueueSettings& settings = configuration.queue;
  if (!settings.embedded) return Done{};
  if (const Status right = may_use_database(*settings.embedded); !right) return right.error();
  return queue::forget_embedded_dead_letters(embedded_options(settings), is_to_go);
}

Result<std::int64_t> count_requests(const Configuration& configuration) {
  const QueueSettings& settings = configuration.queue;
  if (settings.embedded) {
    if (const Status right = may_use_database(*settings.embedded); !right) return right.error();
  }
  if (settings.embedded) return queue::count_embedded_requests(embedded_options(settings));
  const auto options = rabbit_options(settings);
  if (!options) return options.error();
  return queue::count_rabbit_requests(*options);
}

Result<std::unique_ptr<channels::Provider>> open_provider(const Configuration& configuration,
                                                          Channel channel) {
  if (channel == Channel::email && configuration.email.enabled()) {
    const auto options = email_options(configuration.email);
    if (!options) return options.error();
    return channels::open_email(*options);
  }
  if (channel == Channel::sms && configuration.sms.enabled()) {
    const auto options = sms_options(configuration.sms);
    if (!options) return options.error();
    return channels::open_sms(*options);
  }
  return std::unique_ptr<channels::Provider>();
}

Result<Providers> open_providers(const Configuration& configuration) {
  Providers providers;
  for (const Channel channel : every_channel) {
    auto provider = open_provider(configuration, channel);
    if (!provider) return provider.error();
    if (*provider) providers.emplace(channel, std::move(*provider));
  }
  return providers;
}

}  // namespace duenotice::app
