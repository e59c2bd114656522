#include "gateway/app/configuration_keys.hpp"

#include "gateway/app/configuration_key_kinds.hpp"
#include "gateway/app/configuration_urls.hpp"
#include "gateway/base/time_zone.hpp"
#include "gateway/evidence/signed_note.hpp"
#include "gateway/http/loopback_server.hpp"

namespace duenotice::app {

namespace {

using namespace std::chrono_literals;

bool is_name(const std::string& text) {
  const auto plain = [](char c) { return static_cast<unsigned char>(c) > ' ' && c != '\x7f'; };
  return !text.empty() && text.size() <= 200 && std::all_of(text.begin(), text.end(), plain);
}

/// Also the name of the log's key, which is checked where keys are made and read.
bool is_origin(const std::string& text) {
  return text.empty() ||
         (evidence::is_key_name(text) && text.find("://") == std::string::npos && text.back() != '/');
}

bool is_metrics_address(const std::string& text) {
  const auto address = http::parse_loopback(text);
  return text == "off" || (address && address->port != 0);
}

Problem take_journal_url(Configuration& to, const Setting& setting) {
  const auto url = read_text(setting);
  if (!url || !url->starts_with("sqlite:") || url->size() == 7) return wrong();
  to.journal.path = resolve(url->substr(7), setting.folder);
  return fine;
}

Problem take_queue_url(Configuration& to, const Setting& setting) {
  const auto url = read_text(setting);
  if (!url) return wrong();
  if (url->starts_with("embedded:") && url->size() > 9) {
    to.queue.embedded = resolve(url->substr(9), setting.folder);
    to.queue.url.clear();
    return fine;
  }
  const auto parts = split_url(*url);
  if (!parts || (parts->scheme != "amqp" && parts->scheme != "amqps")) return wrong();
  const bool well_known = parts->user == "guest" && parts->password == "guest" && is_loopback(parts->host);
  if (parts->has_password && !well_known && !setting.from_environment) {
    return "must not hold a password, because the file is read by many: put it into `password_file`, or the "
           "whole "
           "url into the environment as DUENOTICE_QUEUE_URL";
  }
  to.queue.url = *url;
  to.queue.embedded.reset();
  return fine;
}

std::string show_queue_url(const Configuration& from) {
  if (from.queue.embedded) return "embedded:" + from.queue.embedded->string();
  const auto parts = split_url(from.queue.url);
  if (!parts || !parts->has_password) return from.queue.url;
  std::string shown = from.queue.url;
  return shown.replace(shown.find("://") + 3 + parts->user.size() + 1, parts->password.size(), "***");
}

using Keys = std::vector<ConfigurationKey>;

void add_storage_keys(Keys& keys) {
  keys.push_back({"journal", "url", "\"sqlite:PATH\"", take_journal_url,
                  [](const Configuration& c) { return "sqlite:" + c.journal.path.string(); }});
  keys.push_back(size_key(
      "journal", "reserve", 1'000'000, 1'000'000'000,
      [](auto& c) -> auto& { return c.journal.reserve_bytes; }));
  keys.push_back(size_key(
      "journal", "low_space", 1'000'000, 1'000'000'000'000,
      [](auto& c) -> auto& { return c.journal.low_space_bytes; }));
  keys.push_back(duration_key(
      "journal", "drain", 0s, 1h, [](auto& c) -> auto& { return c.journal.drain; }));
  keys.push_back(secret_key(
      "secrets", "master_key", [](auto& c) -> auto& { return c.journal.master_key.value; }));
  keys.push_back(path_key(
      "secrets", "master_key_file", "the path of a file",
      [](auto& c) -> auto& { return c.journal.master_key.file; }));
  keys.push_back(path_key(
      "control", "socket", "the path of a Unix-domain socket",
      [](auto& c) -> auto& { return c.control.socket; }));
}

void add_queue_keys(Keys& keys) {
  keys.push_back({"queue", "url", "\"embedded:PATH\", \"amqp://HOST[:PORT][/VHOST]\" or \"amqps://…\"",
                  take_queue_url, show_queue_url});
  keys.push_back(secret_key(
      "queue", "password", [](auto& c) -> auto& { return c.queue.password.value; }));
  keys.push_back(path_key(
      "queue", "password_file", "the path of a file",
      [](auto& c) -> auto& { return c.queue.password.file; }));
  keys.push_back(path_key(
      "queue", "ca_file", "the path of a PEM file", [](auto& c) -> auto& { return c.queue.ca_file; }));
  const std::string name = "a name without spaces, at most 200 bytes";
  keys.push_back(text_key(
      "queue", "requests", name, is_name, [](auto& c) -> auto& { return c.queue.requests; }));
  keys.push_back(text_key(
      "queue", "dead_letters", name, is_name, [](auto& c) -> auto& { return c.queue.dead_letters; }));
  keys.push_back(text_key(
      "queue", "events", name + ", or \"\" to publish none",
      [](const std::string& text) { return text.empty() || is_name(text); },
      [](auto& c) -> auto& { return c.queue.events; }));
  keys.push_back(text_key(
      "queue", "event_source", "a URI reference without spaces, at most 200 bytes", is_name,
      [](auto& c) -> auto& { return c.queue.event_source; }));
  keys.push_back(bool_key(
      "queue", "declare", [](auto& c) -> auto& { return c.queue.declare; }));
  keys.push_back(integer_key(
      "queue", "prefetch", 1, 65'535, [](auto& c) -> auto& { return c.queue.prefetch; }));
  keys.push_back(size_key(
      "queue", "prefetch_bytes", 100'000, 1'000'000'000,
      [](auto& c) -> auto& { return c.queue.prefetch_bytes; }));
  keys.push_back(size_key(
      "queue", "max_body", 1'000, limits::body_bytes_ceiling,
      [](auto& c) -> auto& { return c.queue.max_body; }));
  keys.push_back(duration_key(
      "queue", "dead_letter_ttl", 1min, 24h * 3650,
      [](auto& c) -> auto& { return c.queue.dead_letter_ttl; }));
}

void add_evidence_keys(Keys& keys) {
  keys.push_back(text_key(
      "evidence", "origin",
      "an address without scheme such as \"notices.example.com/log\", at most 256 bytes without spaces and "
      "+, "
      "or \"\" to keep no log",
      is_origin, [](auto& c) -> auto& { return c.evidence.origin; }));
  keys.push_back(path_key(
      "evidence", "folder", "the path of a folder", [](auto& c) -> auto& { return c.evidence.folder; }));
  keys.push_back(path_key(
      "evidence", "key_file", "the path of a file", [](auto& c) -> auto& { return c.evidence.key_file; }));
  keys.push_back(path_key(
      "evidence", "heads", "the path of a file", [](auto& c) -> auto& { return c.evidence.heads; }));
  keys.push_back(path_key(
      "evidence", "seals", "the path of a file", [](auto& c) -> auto& { return c.evidence.seals; }));
  keys.push_back(duration_key(
      "evidence", "interval", limits::checkpoint_interval_least, limits::checkpoint_interval_most,
      [](auto& c) -> auto& { return c.evidence.interval; }));
  keys.push_back(duration_key(
      "evidence", "seal_interval", limits::seal_interval_least, limits::seal_interval_most,
      [](auto& c) -> auto& { return c.evidence.seal_interval; }));
  keys.push_back(text_key(
      "evidence", "statement_zone", "a time zone such as \"Asia/Shanghai\"",
      [](const std::string& name) { return TimeZone::load(name).ok(); },
      [](auto& c) -> auto& { return c.evidence.statement_zone; }));
  keys.push_back(path_key(
      "evidence", "witnesses", "the path of a trust policy",
      [](auto& c) -> auto& { return c.evidence.witnesses; }));
  keys.push_back(path_key(
      "evidence", "ca_file", "the path of a PEM file", [](auto& c) -> auto& { return c.evidence.ca_file; }));
}

void add_other_keys(Keys& keys) {
  keys.push_back(schedule_key(
      "retry", "schedule", [](auto& c) -> auto& { return c.retry.schedule; }));
  keys.push_back(integer_key(
      "retry", "attempts", 1, limits::retry_attempts_most,
      [](auto& c) -> auto& { return c.retry.attempts; }));
  keys.push_back(text_key(
      "metrics", "listen", "\"127.0.0.1:PORT\", \"[::1]:PORT\" or \"off\"", is_metrics_address,
      [](auto& c) -> auto& { return c.metrics.listen; }));
  keys.push_back(choice_key<LogLevel>(
      "log", "level",
      {{"debug", LogLevel::debug},
       {"info", LogLevel::info},
       {"warning", LogLevel::warning},
       {"error", LogLevel::error}},
      [](auto& c) -> auto& { return c.log.level; }));
  keys.push_back(choice_key<LogFormat>(
      "log", "format", {{"json", LogFormat::json}, {"text", LogFormat::text}},
      [](auto& c) -> auto& { return c.log.format; }));
}

Keys make_keys() {
  Keys keys;
  add_storage_keys(keys);
  add_queue_keys(keys);
  keys.push_back(path_key(
      "agreements", "path", "the path of a folder", [](auto& c) -> auto& { return c.agreements.path; }));
  keys.push_back(path_key(
      "calendar", "file", "the path of a TOML file", [](auto& c) -> auto& { return c.calendar.file; }));
  add_channel_keys(keys);
  add_evidence_keys(keys);
  add_other_keys(keys);
  return keys;
}

}  // namespace

std::string ConfigurationKey::variable() const {
  std::string variable = "DUENOTICE_" + section + "_" + name;
  for (char& c : variable) {
    if (c == '.') c = '_';
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return variable;
}

const std::vector<ConfigurationKey>& configuration_keys() {
  static const Keys keys = make_keys();
  return keys;
}

}  // namespace duenotice::app
