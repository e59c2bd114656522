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
  std::vector<std::string> names;  ///< one: a notice id; two: source and request id
  std::optional<std::string> raw;  ///< a channel
  int revision = 0;                ///< 0: the one that was sent, else the newest
  bool digest = false;             ///< its recorded SHA-256 instead of the bytes
  bool json = false;
};

struct InboxArguments {
  std::string user;
  int limit = limits::list_rows_default;
  bool json = false;
};

struct RejectedArguments {
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

struct AgreementsCheckArguments {
  std::optional<std::filesystem::path> folder;
};

struct AgreementsShowArguments {
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

using CommandArguments =
    std::variant<ServeArguments, SubmitArguments, ListArguments, ShowArguments, InboxArguments,
                 RejectedArguments, AuditArguments, AgreementsCheckArguments, AgreementsShowArguments,
                 PreviewArguments, ConfigCheckArguments, DoctorArguments>;

}  // namespace duenotice::app
