#include "gateway/app/configuration_checks.hpp"

#include "channels/email/verp.hpp"
#include "gateway/app/configuration_tsa_keys.hpp"
#include "gateway/app/configuration_urls.hpp"
#include "gateway/app/configuration_values.hpp"
#include "gateway/app/log_parts.hpp"
#include "gateway/app/log_trust.hpp"
#include "gateway/base/file_system.hpp"
#include "templates/calendar_file.hpp"

namespace duenotice::app {

namespace {

/// sun_path of a Unix-domain socket, without its final zero (unix(7)).
constexpr std::size_t socket_path_bytes = 107;

/// Where the key was set; where it has its default, the configuration as a whole.
std::string place_of(const LoadedConfiguration& loaded, const std::string& key) {
  const auto place = loaded.places.find(key);
  if (place != loaded.places.end()) return place->second;
  return loaded.file ? loaded.file->string() : "configuration";
}

using Mistakes = std::vector<ConfigurationMistake>;

void check_email(const LoadedConfiguration& loaded, Mistakes& mistakes) {
  const EmailSettings& email = loaded.configuration.email;
  const auto mistake = [&](const std::string& key, std::string message) {
    mistakes.push_back({place_of(loaded, "channels.email." + key), "[channels.email] " + std::move(message)});
  };
  if (email.enabled() && email.from.empty()) {
    mistake("url", "from is missing: the address that notices come from");
  }
  if (!email.username.empty() && !email.password.configured()) {
    mistake("username", "username needs a `password_file`, or DUENOTICE_CHANNELS_EMAIL_PASSWORD");
  }
  if (email.username.empty() && email.password.configured()) {
    mistake("password_file", "username is missing beside the password");
  }
  const auto server = split_url(email.url);
  if (server && server->scheme == "smtp" && email.tls != EmailTls::required && !email.username.empty() &&
      !is_loopback(server->host)) {
    mistake("tls",
            "tls must be \"required\" where there is a username: the password could cross the network "
            "unencrypted");
  }
  if (email.bounce_address.empty()) return;
  if (const Status good = channels::check_bounce_address(email.bounce_address); !good)
    mistake("bounce_address", good.error().message);
}

void check_kannel(const LoadedConfiguration& loaded, Mistakes& mistakes) {
  const SmsSettings& sms = loaded.configuration.sms;
  if (!sms.relayed()) return;
  const auto mistake = [&](const std::string& key, std::string message) {
    mistakes.push_back({place_of(loaded, "channels.sms." + key), "[channels.sms] " + std::move(message)});
  };
  if (sms.username.empty()) mistake("url", "username is missing: that of Kannel's sendsms-user");
  if (!sms.password.configured()) {
    mistake("url",
            "password_file is missing, or DUENOTICE_CHANNELS_SMS_PASSWORD: that of Kannel's sendsms-user");
  }
  if (sms.sender.empty()) mistake("url", "sender is missing: the number or the name that recipients see");
  if (!sms.report_key.configured()) {
    mistake(
        "url",
        "report_key_file is missing, or DUENOTICE_CHANNELS_SMS_REPORT_KEY: a secret without which anybody "
        "could make up delivery reports; make one with `(umask 077; openssl rand -hex 32 > FILE)`");
  }
  const auto server = split_url(sms.url);
  if (server && server->scheme == "kannel" && !is_loopback(server->host)) {
    mistake("url",
            "url must be kannels:// where Kannel is on another machine: the password would cross the network "
            "unencrypted");
  }
}

/// What is kept secret, or must outlive the log's folder, may not stand where the folder is published from.
void check_evidence(const LoadedConfiguration& loaded, Mistakes& mistakes) {
  const EvidenceSettings& evidence = loaded.configuration.evidence;
  const auto check = [&](const std::string& name, const std::filesystem::path& file) {
    const std::filesystem::path from_folder =
        file.lexically_normal().lexically_relative((evidence.folder / "").lexically_normal());
    if (from_folder.empty() || *from_folder.begin() == "..") return;
    mistakes.push_back({place_of(loaded, "evidence." + name),
                        "[evidence] " + name + " stands in the log's folder " + evidence.folder.string() +
                            ", which is made to be published; name a place outside it"});
  };
  check("key_file", evidence.key_file);
  check("heads", evidence.heads);
  check("seals", evidence.seals);
  for (const auto& [name, tsa] : evidence.tsas) {
    const std::string section = tsa_section(name);
    const auto need = [&](const std::string& key, bool there, const std::string& what) {
      if (there) return;
      const std::string other = section + (key == "url" ? ".roots" : ".url");
      mistakes.push_back({place_of(loaded, other), "[" + section + "] " + key + " is missing: " + what});
    };
    need("url", !tsa.url.empty(), "where the time-stamping authority is asked");
    need("roots", !tsa.roots.empty(),
         "a PEM file with the certificates that its stamps must lead to, from the authority itself");
  }
}

/// A secret that is empty or cannot be read.
void check_secret(const LoadedConfiguration& loaded, const std::string& section, const std::string& name,
                  const std::optional<std::filesystem::path>& file, Mistakes& mistakes) {
  if (!file) return;
  const auto secret = read_secret(*file);
  if (secret) return;
  mistakes.push_back({place_of(loaded, section + "." + name),
                      "[" + section + "] " + name + ": " + secret.error().message +
                          "; write the secret into it, let the gateway's user read it, or name another"});
}

/// Key, roots and policy of the log.
void check_log_files(const LoadedConfiguration& loaded, Mistakes& mistakes) {
  const EvidenceSettings& evidence = loaded.configuration.evidence;
  if (!evidence.enabled()) return;
  const auto key = read_log_key(evidence);
  if (!key) {
    mistakes.push_back(
        {place_of(loaded, "evidence.key_file"), "[evidence] key_file: " + key.error().message});
  }
  for (const auto& [name, tsa] : evidence.tsas) {
    const std::string section = tsa_section(name);
    if (const auto roots = read_tsa_roots(name, tsa); !roots)
      mistakes.push_back({place_of(loaded, section + ".roots"), roots.error().message});
  }
  if (!key) return;
  if (const auto policy = read_witness_policy(evidence, key->verifier()); !policy)
    mistakes.push_back({place_of(loaded, "evidence.witnesses"), policy.error().message});
}

void check_certificates(const LoadedConfiguration& loaded, const std::string& section,
                        const std::optional<std::filesystem::path>& file, Mistakes& mistakes) {
  if (!file) return;
  const auto content = read_file(*file, limits::certificate_file_bytes);
  if (content) return;
  mistakes.push_back(
      {place_of(loaded, section + ".ca_file"),
       "[" + section + "] ca_file: " + content.error().message + "; name a PEM file that can be read"});
}

/// A mistake inside the calendar has its place there.
void check_calendar(const LoadedConfiguration& loaded, Mistakes& mistakes) {
  const auto& calendar = loaded.configuration.calendar.file;
  if (!calendar) return;
  const auto content = read_file(*calendar, limits::agreement_file_bytes);
  if (!content) {
    mistakes.push_back(
        {place_of(loaded, "calendar.file"), "[calendar] file: " + content.error().message +
                                                "; name a file of rest days that can be read, or none"});
    return;
  }
  Findings findings(*calendar);
  templates::read_calendar_file(*content, findings);
  for (const Mistake& mistake : findings.mistakes())
    mistakes.push_back({mistake.file.string() + ":" + std::to_string(mistake.line), mistake.message});
}

}  // namespace

void check_together(LoadedConfiguration& loaded) {
  const Configuration& configuration = loaded.configuration;
  Mistakes mistakes;
  const auto mistake = [&](const std::string& key, std::string message) {
    mistakes.push_back({place_of(loaded, key), std::move(message)});
  };
  if (configuration.journal.reserve_bytes >= configuration.journal.low_space_bytes) {
    mistake("journal.reserve", "[journal] reserve must be smaller than low_space (" +
                                   size_text(configuration.journal.low_space_bytes) +
                                   "): it is what is left when even that is gone");
  }
  if (configuration.control.socket.string().size() > socket_path_bytes) {
    mistake("control.socket", "[control] socket: " + configuration.control.socket.string() +
                                  " is longer than the " + std::to_string(socket_path_bytes) +
                                  " bytes that a Unix-domain socket may have; name a shorter path");
  }
  if (configuration.queue.embedded && configuration.queue.password.configured()) {
    mistake("queue.password_file", "[queue] password_file has no use with an embedded queue; remove it");
  }
  if (configuration.queue.requests == configuration.queue.dead_letters) {
    const bool moved = loaded.places.contains("queue.dead_letters");
    mistake(moved ? "queue.dead_letters" : "queue.requests",
            "[queue] requests and dead_letters are both \"" + configuration.queue.requests +
                "\": what is refused would come back as a request; give dead_letters a name of its own");
  }
  if (configuration.queue.events == configuration.queue.dead_letters) {
    mistake(loaded.places.contains("queue.events") ? "queue.events" : "queue.dead_letters",
            "[queue] events and dead_letters are both \"" + configuration.queue.events +
                "\": status events would stand among the rejected requests; give events a name of its own");
  }
  check_email(loaded, mistakes);
  check_kannel(loaded, mistakes);
  check_evidence(loaded, mistakes);
  loaded.mistakes.insert(loaded.mistakes.end(), mistakes.begin(), mistakes.end());
}

std::vector<ConfigurationMistake> check_channels(const LoadedConfiguration& loaded) {
  const Configuration& configuration = loaded.configuration;
  if (configuration.email.enabled() || configuration.sms.enabled() || configuration.in_site.enabled)
    return {};
  return {
      {place_of(loaded, "channels.in_site.enabled"),
       "there is no channel, so no notice could ever go out: set [channels.email] url or [channels.sms] url, "
       "or [channels.in_site] enabled to true"}};
}

std::vector<ConfigurationMistake> check_surroundings(const LoadedConfiguration& loaded) {
  const Configuration& configuration = loaded.configuration;
  Mistakes mistakes = check_channels(loaded);
  const auto unless_given = [](const Secret& secret) {
    return secret.value.empty() ? secret.file : std::nullopt;
  };
  check_secret(loaded, "secrets", "master_key_file", unless_given(configuration.journal.master_key),
               mistakes);
  check_secret(loaded, "queue", "password_file", unless_given(configuration.queue.password), mistakes);
  check_certificates(loaded, "queue", configuration.queue.ca_file, mistakes);
  check_secret(loaded, "channels.email", "password_file", unless_given(configuration.email.password),
               mistakes);
  check_secret(loaded, "channels.email", "verp_key_file", configuration.email.verp_key_file, mistakes);
  check_certificates(loaded, "channels.email", configuration.email.ca_file, mistakes);
  check_secret(loaded, "channels.sms", "password_file", unless_given(configuration.sms.password), mistakes);
  check_secret(loaded, "channels.sms", "report_key_file", unless_given(configuration.sms.report_key),
               mistakes);
  check_certificates(loaded, "channels.sms", configuration.sms.ca_file, mistakes);
  check_log_files(loaded, mistakes);
  check_certificates(loaded, "evidence", configuration.evidence.ca_file, mistakes);
  const std::filesystem::path& agreements = configuration.agreements.path;
  if (std::error_code ignored; !std::filesystem::is_directory(agreements, ignored)) {
    mistakes.push_back(
        {place_of(loaded, "agreements.path"), "[agreements] path: there is no folder " + agreements.string() +
                                                  "; name the one that holds <id>/<version>/agreement.toml"});
  }
  check_calendar(loaded, mistakes);
  return mistakes;
}

}  // namespace duenotice::app
