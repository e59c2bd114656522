#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "gateway/base/limits.hpp"

/// What each subcommand was asked, as it stood on the command line.

namespace duenotice::app {

struct CommonArguments {
  std::optional<std::filesystem::path> config;
  std::string language;  ///< `en`, `zh`; empty: the environment's
};

struct ServeArguments {};

struct StatusArguments {
  bool json = false;
};

struct SubmitArguments {
  std::string file;  ///< `-`: standard input
};

struct ListArguments {
  std::optional<std::string> state;
  std::optional<std::string> kind;
  std::optional<std::string> agreement;
  std::optional<std::string> account;
  std::optional<std::string> channel;
  std::optional<std::string> since;
  std::optional<std::string> until;
  std::optional<std::string> after;
  int limit = limits::list_rows_default;
  bool json = false;
};

struct ShowArguments {
  std::vector<std::string> names;       ///< one: a notice id; two: source and request id
  std::optional<std::string> raw;       ///< a channel
  int revision = 0;                     ///< 0: the one that was sent, else the newest
  std::optional<std::string> evidence;  ///< a channel, or the id of a decision
  bool digest = false;                  ///< the recorded SHA-256 instead of the bytes
  bool json = false;
};

struct InboxArguments {
  std::string user;
  int limit = limits::list_rows_default;
  bool json = false;
};

struct RejectedArguments {
  bool open = false;  ///< only those that nobody decided about
  std::optional<std::string> code;
  std::optional<std::string> since;
  std::optional<std::string> until;
  std::optional<std::string> after;
  int limit = limits::list_rows_default;
  bool json = false;
};

/// Which notices an auditor means.
struct AuditFilterArguments {
  std::optional<std::string> account;
  std::optional<std::string> address;
  std::optional<std::string> from, to;  ///< legal dates
  std::optional<std::string> kind;
  std::optional<std::string> clause;
  std::optional<std::string> agreement;
  std::optional<std::string> channel;
  std::optional<std::string> state;
};

struct AuditArguments {
  AuditFilterArguments filter;
  std::optional<std::string> after;
  int limit = limits::list_rows_default;
  bool unmasked = false;
  bool json = false;
};

/// Who orders something and why.
struct OrderArguments {
  std::optional<std::string> operator_name;
  std::string reason;
  bool json = false;
};

/// Why `retry` was given where nobody says it.
inline constexpr const char* retry_reason = "brought forward";

struct CancelArguments : OrderArguments {
  std::string notice;
};

struct RetryArguments : OrderArguments {
  std::vector<std::string> notices;
  std::optional<std::string> channel;
  bool before_its_time = false;  ///< also before the publisher's send_not_before
};

struct ResolveArguments : OrderArguments {
  std::string notice;
  std::optional<std::string> channel;
  bool resend = false;
  bool not_sent = false;
  std::optional<std::string> provider_confirms;
  std::optional<std::string> evidence;  ///< a file
  std::optional<std::string> effective_date;
  bool accept_late = false;
};

struct ReplayArguments : OrderArguments {
  std::vector<std::string> notices;
  std::optional<std::string> state;
  std::optional<std::string> kind;
  std::optional<std::string> agreement;
  std::optional<std::string> channel;
  std::optional<std::string> code;
  std::optional<std::string> since;
  std::optional<std::string> until;
  std::optional<std::string> email;
  std::optional<std::string> phone;
  int rate = 0;
  bool accept_late = false;
  bool dry_run = false;
  bool yes = false;
};

struct JobsArguments {
  std::optional<std::string> after;
  int limit = limits::list_rows_default;
  bool json = false;
};

struct JobsShowArguments {
  std::string job;
  bool json = false;
};

struct JobsStopArguments : OrderArguments {
  std::string job;
};

struct RejectedShowArguments {
  std::string rejection;
  bool raw = false;  ///< its body as it came, and nothing else
  bool json = false;
};

struct RejectedReleaseArguments : OrderArguments {
  std::string rejection;
  std::optional<std::string> edit;  ///< a file
};

struct RejectedDiscardArguments : OrderArguments {
  std::string rejection;
};

struct FailedArguments {
  std::optional<std::string> channel;
  std::optional<std::string> code;
  std::optional<std::string> kind;
  std::optional<std::string> agreement;
  std::optional<std::string> since;
  bool json = false;
};

struct ExportArguments {
  AuditFilterArguments filter;
  std::string rows;
  std::string format = "csv";
  std::string output;                             ///< `-`: standard output
  std::optional<std::filesystem::path> manifest;  ///< default: beside the file
  bool columns = false;                           ///< only say what the columns are
  bool is_signed = false;                         ///< the manifest is a signed note
  bool unmasked = false;
  bool force = false;
};

struct CertificateArguments {
  std::vector<std::string> names;  ///< one: a notice id; two: source and request id
  std::filesystem::path output;
  bool unmasked = false;
  bool force = false;
};

struct BundleArguments {
  std::vector<std::string> names;  ///< one: a notice id; two: source and request id
  std::filesystem::path output;
  bool wait = false;  ///< for the next stamped seal
  bool force = false;
};

struct VerifyArguments {
  std::optional<std::filesystem::path> bundle;
  std::optional<std::filesystem::path> exported;  ///< an export to check
  std::optional<std::filesystem::path> manifest;  ///< its signed manifest; default: beside the file
  std::optional<std::filesystem::path> trust;
  bool json = false;
  bool script = false;  ///< print this release's verify.sh instead
};

struct EventsArguments {
  std::optional<std::string> after;
  std::optional<std::string> type;
  std::optional<std::int64_t> limit;
  bool follow = false;
};

struct AgreementsCheckArguments {
  std::optional<std::filesystem::path> folder;
};

struct AgreementsShowArguments {
  bool json = false;
};

struct AgreementsDiffArguments {
  std::string before;  ///< `ID@VERSION`, or a folder
  std::string after;
  bool json = false;
};

struct PreviewArguments {
  std::string kind;
  std::string agreement;
  std::optional<std::string> version;
  std::string locale;
  std::string data;  ///< a file; `-`: standard input
  std::optional<std::string> channel;
  std::optional<std::string> raw;  ///< a channel, whose exact bytes are wanted
  bool json = false;
};

struct ConfigCheckArguments {};

struct DoctorArguments {
  bool json = false;
  bool deep = false;
};

struct LogInitArguments {};

struct LogCheckpointArguments {};

struct LogTrustArguments {};

struct LogProofArguments {
  std::vector<std::string> names;               ///< one: a notice id; two: source and request id
  std::optional<std::filesystem::path> output;  ///< a folder; none: standard output
};

struct LogConsistencyArguments {
  std::uint64_t old_size = 0;
};

struct LogSealsArguments {
  std::optional<std::int64_t> seal;             ///< its number; none: the newest
  std::optional<std::filesystem::path> output;  ///< a folder for that seal's files
  int limit = 0;
  bool json = false;
};

struct CompletenessArguments {
  std::optional<std::string> source;     ///< only this one
  std::optional<std::string> statement;  ///< a date: its statement instead
  bool json = false;
};

struct LogVerifyArguments {
  std::optional<std::string> key;  ///< the log's public key; default: that of the key file
  bool json = false;
};

struct WitnessInitArguments {
  std::string name;
  std::filesystem::path key;  ///< the file that is made
};

struct WitnessServeArguments {
  std::string listen = "127.0.0.1:8085";
  std::filesystem::path key;
  std::filesystem::path state;    ///< a folder
  std::vector<std::string> logs;  ///< their public keys
};

struct KeysShowArguments {
  bool json = false;
};

struct KeysRotateArguments : OrderArguments {};

struct LegalHoldAddArguments : OrderArguments {
  std::string account;
};

struct LegalHoldRemoveArguments : OrderArguments {
  std::string account;
  std::optional<std::string> hold;
};

struct LegalHoldListArguments {
  bool json = false;
};

/// Why `account end` was given where nobody says it.
inline constexpr const char* account_end_reason = "the relation ended";

struct AccountEndArguments : OrderArguments {
  std::string account;
  std::optional<std::string> on;
};

struct EraseArguments : OrderArguments {
  std::string account;
  std::string order;
  bool yes = false;
};

using CommandArguments =
    std::variant<ServeArguments, StatusArguments, SubmitArguments, ListArguments, ShowArguments,
                 InboxArguments, RejectedArguments, AuditArguments, ExportArguments, FailedArguments,
                 CertificateArguments, LogTrustArguments, BundleArguments, VerifyArguments, EventsArguments,
                 AgreementsCheckArguments, AgreementsShowArguments, AgreementsDiffArguments, PreviewArguments,
                 ConfigCheckArguments, DoctorArguments, CancelArguments, RetryArguments, ResolveArguments,
                 ReplayArguments, RejectedShowArguments, RejectedReleaseArguments, RejectedDiscardArguments,
                 JobsArguments, JobsShowArguments, JobsStopArguments, LogInitArguments,
                 LogCheckpointArguments, LogProofArguments, LogConsistencyArguments, LogSealsArguments,
                 LogVerifyArguments, WitnessInitArguments, WitnessServeArguments, CompletenessArguments,
                 KeysShowArguments, KeysRotateArguments, LegalHoldAddArguments, LegalHoldRemoveArguments,
                 LegalHoldListArguments, AccountEndArguments, EraseArguments>;

}  // namespace duenotice::app
