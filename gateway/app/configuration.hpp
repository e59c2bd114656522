#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/limits.hpp"
#include "gateway/base/log.hpp"
#include "gateway/base/result.hpp"
#include "gateway/base/time.hpp"
#include "gateway/pipeline/settings.hpp"

/// What an operator may decide. Read once at start from a TOML file and the environment
/// (`DUENOTICE_SECTION_KEY`, which wins); `example.toml` beside this file says what every key is for. Values;
/// any thread may read them.

namespace duenotice::app {

/// A secret never stands in the configuration file: it is in a file of its own or in the environment.
struct Secret {
  std::optional<std::filesystem::path> file;
  std::string value;  ///< from the environment; wins over the file

  bool configured() const { return file.has_value() || !value.empty(); }
  /// Reads it now, so that commands which do not need it need no right to read it. Empty when none is
  /// configured.
  Result<std::string> read() const;
};

struct JournalSettings {
  std::filesystem::path path = "duenotice-data/journal.db";
  std::uint64_t reserve_bytes = limits::reserve_bytes_default;
  std::uint64_t low_space_bytes = limits::low_space_bytes_default;
  Milliseconds drain = limits::drain_default;
  /// `[secrets] master_key_file`: what everything about persons is sealed with. Where none is configured:
  /// `master.key` among the credentials of systemd, or else the journal's path with `.master.key`.
  Secret master_key;
};

struct ControlSettings {
  std::filesystem::path socket;  ///< when not configured: the journal's path with `.sock`
};

struct QueueSettings {
  /// The embedded queue's file; empty when `url` names a broker.
  std::optional<std::filesystem::path> embedded = "duenotice-data/queue.db";
  /// `amqp://…` or `amqps://…`; empty for the embedded queue. A password is inside only when the environment
  /// gave the whole URL, or for guest:guest on this machine.
  std::string url;
  Secret password;
  std::optional<std::filesystem::path> ca_file;  ///< for amqps, beside the system's authorities
  std::string requests = "duenotice.requests";
  std::string dead_letters = "duenotice.rejected";
  std::string events = "duenotice.events";  ///< the exchange of a broker; empty: none are published
  std::string event_source = "duenotice";
  bool declare = true;
  int prefetch = limits::prefetch_default;
  std::size_t prefetch_bytes = limits::prefetch_bytes_default;
  std::size_t max_body = limits::body_bytes_default;
  Milliseconds dead_letter_ttl = limits::dead_letter_ttl_default;
};

struct AgreementSettings {
  std::filesystem::path
      path;  ///< when not configured: ../share/duenotice/agreements beside the program's folder
};

struct CalendarSettings {
  std::optional<std::filesystem::path> file;  ///< rest days; without one no period ends later for them
};

struct RetrySettings {
  /// Waits before the second, third … attempt; beyond its end the last one repeats.
  std::vector<Milliseconds> schedule = {std::chrono::minutes(1),  std::chrono::minutes(5),
                                        std::chrono::minutes(15), std::chrono::minutes(30),
                                        std::chrono::hours(1),    std::chrono::hours(2)};
  int attempts = limits::transient_attempts_default;
};

/// What one channel has in the place of RetrySettings.
struct ChannelRetrySettings {
  std::vector<Milliseconds> schedule;  ///< empty: that of all
  int attempts = 0;                    ///< 0: as many as for all
};

enum class EmailTls { required, opportunistic, off };

struct EmailSettings {
  /// `smtp://host:port` or `smtps://…`; empty when email is off or goes to the sandbox.
  std::string url;
  /// The sandbox's folder: messages become files instead of being sent.
  std::optional<std::filesystem::path> sandbox;
  std::string from;  ///< never empty where email is enabled; a sandbox has a default
  EmailTls tls = EmailTls::required;
  std::optional<std::filesystem::path> ca_file;
  std::string username;
  Secret password;
  int connections = limits::email_connections_default;
  int rate = 0;  ///< notices started a second; 0: unbounded
  Milliseconds connect_timeout = limits::connect_timeout_default;
  Milliseconds reply_timeout = limits::reply_timeout_default;
  Milliseconds final_reply_timeout = limits::final_reply_timeout_default;
  std::string bounce_address;  ///< empty: the address of `from`
  std::optional<std::filesystem::path> verp_key_file;
  OnUnknown on_unknown = OnUnknown::resend;
  int unknown_resends = limits::unknown_resends_default;
  ChannelRetrySettings retry;

  bool enabled() const { return !url.empty() || sandbox.has_value(); }
};

struct SmsSettings {
  /// `kannel://host:port` or `kannels://…`: a Kannel of our own. Empty when SMS is off or goes elsewhere.
  std::string url;
  /// The description of an outside provider (`provider:FILE`).
  std::optional<std::filesystem::path> provider_file;
  /// The sandbox's folder: messages become files instead of being sent.
  std::optional<std::filesystem::path> sandbox;
  std::string username;
  Secret password;
  std::string sender;
  std::optional<std::filesystem::path> ca_file;
  int connections = limits::sms_connections_default;
  int rate = 0;  ///< notices started a second; 0: unbounded
  Milliseconds connect_timeout = limits::sms_connect_timeout_default;
  Milliseconds reply_timeout = limits::sms_reply_timeout_default;
  int max_segments = limits::sms_segments_default;
  /// Where Kannel's reports are taken, and how it reaches that; without the second, as the first says.
  std::string report_listen = "127.0.0.1:8075";
  std::string report_url;
  Secret report_key;
  Milliseconds report_timeout = limits::sms_report_timeout_default;
  OnUnknown on_unknown = OnUnknown::hold;
  int unknown_resends = limits::unknown_resends_default;
  ChannelRetrySettings retry;

  bool enabled() const { return !url.empty() || provider_file.has_value() || sandbox.has_value(); }
  /// The url as it was configured.
  std::string url_text() const {
    if (sandbox) return "sandbox:" + sandbox->string();
    return provider_file ? "provider:" + provider_file->string() : url;
  }
  /// Whether it goes to a relay of our own, which reports later.
  bool relayed() const { return !url.empty(); }
};

struct InSiteSettings {
  bool enabled = true;
};

/// A time-stamping authority that is asked about every seal of the log.
struct TsaSettings {
  std::string url;
  std::filesystem::path roots;  ///< PEM certificates that its stamps must lead to
  std::string policy;           ///< object identifier to ask for; empty: the TSA's own
};

/// The evidence log: the journal's events under signed checkpoints (gateway/evidence/FORMAT.md).
struct EvidenceSettings {
  std::string origin;              ///< names the log and its key; empty: there is no log
  std::filesystem::path folder;    ///< these four, when not configured: the journal's path with `.log`,
  std::filesystem::path key_file;  ///< `.log.key`,
  std::filesystem::path heads;     ///< `.heads` and
  std::filesystem::path seals;     ///< `.seals`
  Milliseconds interval = limits::checkpoint_interval_default;
  Milliseconds seal_interval = limits::seal_interval_default;
  std::map<std::string, TsaSettings> tsas;         ///< by their names
  std::string statement_zone = "UTC";              ///< whose days the daily statements are about
  std::optional<std::filesystem::path> witnesses;  ///< a trust policy that names them and their quorum
  std::optional<std::filesystem::path> ca_file;    ///< for HTTPS of both, beside the system's authorities

  bool enabled() const { return !origin.empty(); }
};

struct MetricsSettings {
  std::string listen = "127.0.0.1:9464";  ///< or `off`
};

struct LogSettings {
  LogLevel level = LogLevel::info;
  LogFormat format = LogFormat::json;
};

struct Configuration {
  JournalSettings journal;
  ControlSettings control;
  QueueSettings queue;
  AgreementSettings agreements;
  CalendarSettings calendar;
  EmailSettings email;
  SmsSettings sms;
  InSiteSettings in_site;
  RetrySettings retry;
  EvidenceSettings evidence;
  MetricsSettings metrics;
  LogSettings log;
};

/// A mistake in the configuration and where it stands (`duenotice.toml:12`, or the name of an environment
/// variable).
struct ConfigurationMistake {
  std::string place;
  std::string message;
  bool operator==(const ConfigurationMistake&) const = default;
};

struct LoadedConfiguration {
  Configuration configuration;
  /// All that were found. With any, `configuration` must not be used.
  std::vector<ConfigurationMistake> mistakes;
  /// The file that was read; empty when there is none, and then the embedded defaults hold (everything below
  /// `./duenotice-data`, email and SMS into the sandbox unless the environment names a channel) but for what
  /// the environment sets.
  std::optional<std::filesystem::path> file;
  /// Where each configured key was set, by `section.key`; the others have their defaults.
  std::map<std::string, std::string, std::less<>> places;
};

using Environment = std::map<std::string, std::string, std::less<>>;
/// The variables of this process that concern duenotice: DUENOTICE_….
Environment process_environment();

/// Reads `file`, or without one $DUENOTICE_CONFIG, ./duenotice.toml, /etc/duenotice/duenotice.toml, whichever
/// exists first; then the environment. Relative paths are relative to the configuration file's folder, those
/// of the environment to the working folder.
LoadedConfiguration load_configuration(const std::optional<std::filesystem::path>& file,
                                       const Environment& environment);

/// A mistake where no channel is configured. Apart from `load_configuration`, because only the gateway itself
/// needs one: the hosts of a publisher or an auditor need none. For `serve`.
std::vector<ConfigurationMistake> check_channels(const LoadedConfiguration& loaded);

/// The same, and what a configuration without mistakes names and this process cannot read: secrets,
/// certificates, the agreements. Apart from `load_configuration`, because most commands need none of it. For
/// `config check` and `doctor`.
std::vector<ConfigurationMistake> check_surroundings(const LoadedConfiguration& loaded);

/// The urls in effect of journal, queue, email and SMS, in this order and without a password; `none` where
/// there is none. For those who run without a file and must know where their data and their messages go.
std::vector<std::string> places_in_use(const Configuration& configuration);

/// One line per key: its name, its value in words (never a secret), where it was set. For `config check`.
struct ConfigurationLine {
  std::string section;
  std::string key;
  std::string value;
  std::string place;  ///< `default` when nobody set it
};
std::vector<ConfigurationLine> describe(const LoadedConfiguration& loaded);

}  // namespace duenotice::app
