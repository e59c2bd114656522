#include "gateway/app/configuration_keys.hpp"

#include <algorithm>

#include "gateway/app/configuration_urls.hpp"
#include "gateway/notice/address.hpp"

namespace duenotice::app {

namespace {

using namespace std::chrono_literals;
using Problem = std::optional<std::string>;
const Problem fine = std::nullopt;

Problem wrong() { return std::string(); }

/// `at` picks the member of a configuration that a key fills; it works on const and on mutable ones.
template <class At>
ConfigurationKey integer_key(std::string section, std::string name, std::int64_t least, std::int64_t most,
                             At at) {
  return {std::move(section), std::move(name),
          "a whole number from " + std::to_string(least) + " to " + std::to_string(most),
          [=](Configuration& to, const Setting& setting) -> Problem {
            const auto value = read_integer(setting);
            if (!value || *value < least || *value > most) return wrong();
            at(to) = static_cast<std::decay_t<decltype(at(to))>>(*value);
            return fine;
          },
          [=](const Configuration& from) { return std::to_string(at(from)); }};
}

template <class At>
ConfigurationKey size_key(std::string section, std::string name, std::uint64_t least, std::uint64_t most,
                          At at) {
  return {
      std::move(section), std::move(name),
      "a number of bytes such as \"256MB\" or \"64MiB\", from " + size_text(least) + " to " + size_text(most),
      [=](Configuration& to, const Setting& setting) -> Problem {
        const auto value = read_size(setting);
        if (!value || *value < least || *value > most) return wrong();
        at(to) = *value;
        return fine;
      },
      [=](const Configuration& from) { return size_text(at(from)); }};
}

template <class At>
ConfigurationKey duration_key(std::string section, std::string name, Milliseconds least, Milliseconds most,
                              At at) {
  return {std::move(section), std::move(name),
          "a duration such as \"30s\" or \"2h\", from " + to_text(least) + " to " + to_text(most),
          [=](Configuration& to, const Setting& setting) -> Problem {
            const auto value = read_duration(setting);
            if (!value || *value < least || *value > most) return wrong();
            at(to) = *value;
            return fine;
          },
          [=](const Configuration& from) { return to_text(at(from)); }};
}

template <class At>
ConfigurationKey bool_key(std::string section, std::string name, At at) {
  return {std::move(section), std::move(name), "true or false",
          [=](Configuration& to, const Setting& setting) -> Problem {
            const auto value = read_bool(setting);
            if (!value) return wrong();
            at(to) = *value;
            return fine;
          },
          [=](const Configuration& from) { return std::string(at(from) ? "true" : "false"); }};
}

template <class At>
ConfigurationKey path_key(std::string section, std::string name, std::string allowed, At at) {
  return {std::move(section), std::move(name), std::move(allowed),
          [=](Configuration& to, const Setting& setting) -> Problem {
            const auto value = read_path(setting);
            if (!value) return wrong();
            at(to) = *value;
            return fine;
          },
          [=](const Configuration& from) {
            const std::optional<std::filesystem::path> path = at(from);
            return path ? path->string() : std::string();
          }};
}

template <class At, class Accept>
ConfigurationKey text_key(std::string section, std::string name, std::string allowed, Accept accept, At at) {
  return {std::move(section), std::move(name), std::move(allowed),
          [=](Configuration& to, const Setting& setting) -> Problem {
            const auto value = read_text(setting);
            if (!value || !accept(*value)) return wrong();
            at(to) = *value;
            return fine;
          },
          [=](const Configuration& from) { return at(from); }};
}

template <class Value>
using Choices = std::vector<std::pair<std::string, Value>>;

template <class Value, class At>
ConfigurationKey choice_key(std::string section, std::string name, Choices<Value> choices, At at) {
  std::string allowed;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    allowed += (i == 0 ? "\"" : i + 1 == choices.size() ? " or \"" : ", \"") + choices[i].first + "\"";
  }
  return {std::move(section), std::move(name), allowed,
          [=](Configuration& to, const Setting& setting) -> Problem {
            const auto value = read_text(setting);
            for (const auto& [word, choice] : choices) {
              if (value != word) continue;
              at(to) = choice;
              return fine;
            }
            return wrong();
          },
          [=](const Configuration& from) {
            const auto found = std::find_if(choices.begin(), choices.end(),
                                            [&](const auto& choice) { return choice.second == at(from); });
            return found == choices.end() ? std::string() : found->first;
          }};
}

template <class At>
ConfigurationKey password_key(std::string section, At at) {
  return {std::move(section),
          "password",
          "a text that is not empty",
          [=](Configuration& to, const Setting& setting) -> Problem {
            const auto value = read_text(setting);
            if (!value || value->empty()) return wrong();
            at(to) = *value;
            return fine;
          },
          [=](const Configuration& from) { return std::string(at(from).empty() ? "" : "(set)"); },
          true};
}

bool is_name(const std::string& text) {
  const auto plain = [](char c) { return static_cast<unsigned char>(c) > ' ' && c != '\x7f'; };
  return !text.empty() && text.size() <= 200 && std::all_of(text.begin(), text.end(), plain);
}

/// `address` or `Name <address>`.
bool is_mailbox(const std::string& text) {
  const std::size_t open = text.find('<');
  if (open == std::string::npos) return is_email(text);
  const auto control = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; };
  return text.ends_with('>') && std::none_of(text.begin(), text.end(), control) &&
         is_email(text.substr(open + 1, text.size() - open - 2));
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

Problem take_schedule(Configuration& to, const Setting& setting) {
  const auto schedule = read_durations(setting);
  if (!schedule || schedule->empty() || schedule->size() > limits::retry_steps) return wrong();
  const auto outside = [](Milliseconds wait) { return wait < 1s || wait > 24h * 7; };
  if (std::any_of(schedule->begin(), schedule->end(), outside)) return wrong();
  to.retry.schedule = *schedule;
  return fine;
}

std::string show_schedule(const Configuration& from) {
  std::string list;
  for (const Milliseconds wait : from.retry.schedule) list += (list.empty() ? "" : ", ") + to_text(wait);
  return list;
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
  keys.push_back(path_key(
      "control", "socket", "the path of a Unix-domain socket",
      [](auto& c) -> auto& { return c.control.socket; }));
}

void add_queue_keys(Keys& keys) {
  keys.push_back({"queue", "url", "\"embedded:PATH\", \"amqp://HOST[:PORT][/VHOST]\" or \"amqps://…\"",
                  take_queue_url, show_queue_url});
  keys.push_back(password_key(
      "queue", [](auto& c) -> auto& { return c.queue.password.value; }));
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
  keys.push_back(password_key(
      section, [](auto& c) -> auto& { return c.email.password.value; }));
  keys.push_back(path_key(
      section, "password_file", "the path of a file",
      [](auto& c) -> auto& { return c.email.password.file; }));
  keys.push_back(integer_key(
      section, "connections", 1, limits::email_connections_most,
      [](auto& c) -> auto& { return c.email.connections; }));
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
}

void add_other_keys(Keys& keys) {
  keys.push_back(bool_key(
      "channels.in_site", "enabled", [](auto& c) -> auto& { return c.in_site.enabled; }));
  keys.push_back({"retry", "schedule",
                  "a list of 1 to " + std::to_string(limits::retry_steps) +
                      " durations such as [\"1m\", \"5m\", \"2h\"], each from 1s to 7d",
                  take_schedule, show_schedule});
  keys.push_back(integer_key(
      "retry", "attempts", 1, 100'000, [](auto& c) -> auto& { return c.retry.attempts; }));
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
  add_email_keys(keys);
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
