#include "gateway/app/configuration_key_kinds.hpp"
#include "gateway/app/configuration_urls.hpp"
#include "gateway/http/loopback_server.hpp"
#include "gateway/notice/address.hpp"

namespace duenotice::app {

namespace {

using namespace std::chrono_literals;
using Keys = std::vector<ConfigurationKey>;

/// `address` or `Name <address>`.
bool is_mailbox(const std::string& text) {
  const std::size_t open = text.find('<');
  if (open == std::string::npos) return is_email(text);
  const auto control = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; };
  return text.ends_with('>') && std::none_of(text.begin(), text.end(), control) &&
         is_email(text.substr(open + 1, text.size() - open - 2));
}

Problem take_email_url(Configuration& to, const Setting& setting) {
  const auto url = read_text(setting);
  if (!url) return wrong();
  if (url->starts_with("sandbox:") && url->size() > 8) {
    to.email.sandbox = resolve(url->substr(8), setting.folder);
    to.email.url.clear();
    return fine;
  }
  const auto parts = split_url(*url);
  if (!parts || (parts->scheme != "smtp" && parts->scheme != "smtps")) return wrong();
  if (!parts->user.empty() || parts->has_password) {
    return "must not hold a user or a password: put them into `username` and `password_file`";
  }
  to.email.url = *url;
  to.email.sandbox.reset();
  return fine;
}

Problem take_handover(Configuration&, const Setting& setting) {
  const auto word = read_text(setting);
  if (word == "provider") return fine;
  if (word != "own_relay") return wrong();
  return "cannot be \"own_relay\" yet: the 250 of a relay inside your own control is not yet a sending, and "
         "duenotice "
         "does not read its reports so far, so it would have to invent the legal date; use a server outside "
         "your "
         "control and \"provider\"";
}

/// What a channel may have in the place of [retry]; `at` picks its ChannelRetrySettings. Shown is what holds.
template <class At>
void add_retry_keys(Keys& keys, const std::string& section, At at) {
  ConfigurationKey schedule = schedule_key(
      section, "retry_schedule", [=](auto& c) -> auto& { return at(c).schedule; });
  schedule.show = [=, own = std::move(schedule.show)](const Configuration& from) {
    return own(from).empty() ? in_words(from.retry.schedule) : own(from);
  };
  keys.push_back(std::move(schedule));
  ConfigurationKey attempts = integer_key(
      section, "retry_attempts", 1,
      limits::retry_attempts_most, [=](auto& c) -> auto& { return at(c).attempts; });
  attempts.show = [=](const Configuration& from) {
    const int own = at(from).attempts;
    return std::to_string(own == 0 ? from.retry.attempts : own);
  };
  keys.push_back(std::move(attempts));
}

void add_email_keys(Keys& keys) {
  const std::string section = "channels.email";
  keys.push_back({section, "url", "\"smtp://HOST[:PORT]\", \"smtps://HOST[:PORT]\" or \"sandbox:FOLDER\"",
                  take_email_url, [](const Configuration& c) {
                    return c.email.sandbox ? "sandbox:" + c.email.sandbox->string() : c.email.url;
                  }});
  keys.push_back(text_key(
      section, "from", "an email address, or \"Name <address>\"", is_mailbox,
      [](auto& c) -> auto& { return c.email.from; }));
  keys.push_back(choice_key<EmailTls>(
      section, "tls",
      {{"required", EmailTls::required}, {"opportunistic", EmailTls::opportunistic}, {"off", EmailTls::off}},
      [](auto& c) -> auto& { return c.email.tls; }));
  keys.push_back(path_key(
      section, "ca_file", "the path of a PEM file", [](auto& c) -> auto& { return c.email.ca_file; }));
  keys.push_back(text_key(
      section, "username", "a text that is not empty", [](const std::string& text) { return !text.empty(); },
      [](auto& c) -> auto& { return c.email.username; }));
  keys.push_back(secret_key(
      section, "password", [](auto& c) -> auto& { return c.email.password.value; }));
  keys.push_back(path_key(
      section, "password_file", "the path of a file",
      [](auto& c) -> auto& { return c.email.password.file; }));
  keys.push_back(integer_key(
      section, "connections", 1, limits::email_connections_most,
      [](auto& c) -> auto& { return c.email.connections; }));
  keys.push_back(integer_key(
      section, "rate", 0, limits::rate_most, [](auto& c) -> auto& { return c.email.rate; }));
  keys.push_back(duration_key(
      section, "connect_timeout", 1s, 10min, [](auto& c) -> auto& { return c.email.connect_timeout; }));
  keys.push_back(duration_key(
      section, "reply_timeout", 1s, 1h, [](auto& c) -> auto& { return c.email.reply_timeout; }));
  keys.push_back(duration_key(
      section, "final_reply_timeout", 1s, 1h, [](auto& c) -> auto& { return c.email.final_reply_timeout; }));
  keys.push_back(text_key(
      section, "bounce_address", "an email address", is_email,
      [](auto& c) -> auto& { return c.email.bounce_address; }));
  keys.push_back(path_key(
      section, "verp_key_file", "the path of a file",
      [](auto& c) -> auto& { return c.email.verp_key_file; }));
  keys.push_back({section, "handover", "\"provider\"", take_handover,
                  [](const Configuration&) { return std::string("provider"); }});
  keys.push_back(choice_key<OnUnknown>(
      section, "on_unknown", {{"resend", OnUnknown::resend}, {"hold", OnUnknown::hold}},
      [](auto& c) -> auto& { return c.email.on_unknown; }));
  keys.push_back(integer_key(
      section, "unknown_resends", 0, 1'000, [](auto& c) -> auto& { return c.email.unknown_resends; }));
  add_retry_keys(
      keys, section, [](auto& c) -> auto& { return c.email.retry; });
}

Problem take_sms_url(Configuration& to, const Setting& setting) {
  const auto url = read_text(setting);
  if (!url) return wrong();
  const auto rest_of = [&](std::string_view scheme) -> std::optional<std::filesystem::path> {
    if (!url->starts_with(scheme) || url->size() == scheme.size()) return std::nullopt;
    return resolve(url->substr(scheme.size()), setting.folder);
  };
  const auto sandbox = rest_of("sandbox:");
  const auto provider_file = rest_of("provider:");
  const auto parts = split_url(*url);
  const bool kannel = parts && (parts->scheme == "kannel" || parts->scheme == "kannels");
  if (!sandbox && !provider_file && !kannel) return wrong();
  if (kannel && (!parts->user.empty() || parts->has_password))
    return "must not hold a user or a password: put them into `username` and `password_file`";
  to.sms.sandbox = sandbox;
  to.sms.provider_file = provider_file;
  to.sms.url = kannel ? *url : std::string();
  return fine;
}

bool is_loopback_port(const std::string& text) {
  const auto address = http::parse_loopback(text);
  return address && address->port != 0;
}

bool is_http_url(const std::string& text) {
  const auto parts = split_url(text);
  return parts && (parts->scheme == "http" || parts->scheme == "https") && !text.ends_with('/') &&
         text.find_first_of("?#%") == std::string::npos;
}

/// The number or name that recipients see.
bool is_sender(const std::string& text) {
  const auto printable = [](char c) { return c >= ' ' && c <= '~'; };
  return !text.empty() && text.size() <= limits::sms_sender_bytes &&
         std::all_of(text.begin(), text.end(), printable);
}

void add_sms_report_keys(Keys& keys, const std::string& section) {
  keys.push_back(text_key(
      section, "report_listen", "\"127.0.0.1:PORT\" or \"[::1]:PORT\"", is_loopback_port,
      [](auto& c) -> auto& { return c.sms.report_listen; }));
  keys.push_back(text_key(
      section, "report_url", "an http:// or https:// url without a final slash, a query or a percent sign",
      is_http_url, [](auto& c) -> auto& { return c.sms.report_url; }));
  keys.push_back(secret_key(
      section, "report_key", [](auto& c) -> auto& { return c.sms.report_key.value; }));
  keys.push_back(path_key(
      section, "report_key_file", "the path of a file",
      [](auto& c) -> auto& { return c.sms.report_key.file; }));
  keys.push_back(duration_key(
      section, "report_timeout", 1s, limits::sms_report_timeout_most,
      [](auto& c) -> auto& { return c.sms.report_timeout; }));
}

void add_sms_keys(Keys& keys) {
  const std::string section = "channels.sms";
  keys.push_back(
      {section, "url",
       "\"kannel://HOST[:PORT]\", \"kannels://HOST[:PORT]\", \"provider:FILE\" or \"sandbox:FOLDER\"",
       take_sms_url, [](const Configuration& c) { return c.sms.url_text(); }});
  keys.push_back(text_key(
      section, "username", "a text that is not empty", [](const std::string& text) { return !text.empty(); },
      [](auto& c) -> auto& { return c.sms.username; }));
  keys.push_back(secret_key(
      section, "password", [](auto& c) -> auto& { return c.sms.password.value; }));
  keys.push_back(path_key(
      section, "password_file", "the path of a file", [](auto& c) -> auto& { return c.sms.password.file; }));
  keys.push_back(text_key(
      section, "sender",
      "a number or a name of at most " + std::to_string(limits::sms_sender_bytes) + " ASCII characters",
      is_sender, [](auto& c) -> auto& { return c.sms.sender; }));
  keys.push_back(path_key(
      section, "ca_file", "the path of a PEM file", [](auto& c) -> auto& { return c.sms.ca_file; }));
  keys.push_back(integer_key(
      section, "connections", 1, limits::sms_connections_most,
      [](auto& c) -> auto& { return c.sms.connections; }));
  keys.push_back(duration_key(
      section, "connect_timeout", 1s, limits::sms_timeout_most,
      [](auto& c) -> auto& { return c.sms.connect_timeout; }));
  keys.push_back(duration_key(
      section, "reply_timeout", 1s, limits::sms_timeout_most,
      [](auto& c) -> auto& { return c.sms.reply_timeout; }));
  keys.push_back(integer_key(
      section, "rate", 0, limits::rate_most, [](auto& c) -> auto& { return c.sms.rate; }));
  keys.push_back(integer_key(
      section, "max_segments", 1, limits::sms_segments_most,
      [](auto& c) -> auto& { return c.sms.max_segments; }));
  add_sms_report_keys(keys, section);
  keys.push_back(choice_key<OnUnknown>(
      section, "on_unknown", {{"resend", OnUnknown::resend}, {"hold", OnUnknown::hold}},
      [](auto& c) -> auto& { return c.sms.on_unknown; }));
  keys.push_back(integer_key(
      section, "unknown_resends", 0, 1'000, [](auto& c) -> auto& { return c.sms.unknown_resends; }));
  add_retry_keys(
      keys, section, [](auto& c) -> auto& { return c.sms.retry; });
}

}  // namespace

void add_channel_keys(Keys& keys) {
  add_email_keys(keys);
  add_sms_keys(keys);
  keys.push_back(bool_key(
      "channels.in_site", "enabled", [](auto& c) -> auto& { return c.in_site.enabled; }));
}

}  // namespace duenotice::app
