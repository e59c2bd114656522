#include "gateway/app/doctor_checks.hpp"

#include <sys/timex.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "gateway/app/configuration_values.hpp"
#include "gateway/app/data_folders.hpp"
#include "gateway/app/doctor_metrics.hpp"
#include "gateway/app/gateway_checks.hpp"
#include "gateway/app/journal_access.hpp"
#include "gateway/app/log_checks.hpp"
#include "gateway/app/master_key_check.hpp"
#include "gateway/app/used_versions.hpp"
#include "gateway/app/waiting_checks.hpp"
#include "gateway/app/wiring.hpp"
#include "gateway/base/clock.hpp"
#include "gateway/base/file_system.hpp"
#include "gateway/base/words.hpp"
#include "templates/renderer.hpp"

namespace duenotice::app {

namespace {

using Findings = std::vector<Finding>;

void check_configuration(Findings& findings, const LoadedConfiguration& loaded) {
  for (const ConfigurationMistake& mistake : loaded.mistakes) {
    findings.push_back({"configuration", Health::problem, {"{0}: {1}", {mistake.place, mistake.message}}});
  }
  if (!loaded.mistakes.empty()) return;
  const auto around = check_surroundings(loaded);
  for (const ConfigurationMistake& mistake : around) {
    findings.push_back({"configuration", Health::problem, {"{0}: {1}", {mistake.place, mistake.message}}});
  }
  if (!around.empty()) return;
  if (loaded.file) {
    findings.push_back({"configuration", Health::ok, {"{0} is valid", {loaded.file->string()}}});
  } else {
    findings.push_back(
        {"configuration",
         Health::warning,
         {"there is no file, so the embedded defaults hold but for what the environment sets: journal {0}, "
          "queue {1}, email {2}, SMS {3}; start from share/duenotice/example.toml",
          places_in_use(loaded.configuration)}});
  }
}

void check_calendar(Findings& findings, const std::string& file, const RestDays& rest_days) {
  std::vector<std::string> years;
  for (const int year : rest_days.years()) years.push_back(std::to_string(year));
  const auto today = std::chrono::floor<std::chrono::days>(SystemClock().now());
  const std::string this_year = std::to_string(static_cast<int>(std::chrono::year_month_day(today).year()));
  if (std::find(years.begin(), years.end(), this_year) == years.end()) {
    findings.push_back({"calendar",
                        Health::warning,
                        {"{0} does not know {1}: periods that end in it are counted without rest days; add "
                         "the year as its decree says",
                         {file, this_year}}});
  } else {
    findings.push_back({"calendar", Health::ok, {"{0} knows the rest days of {1}", {file, joined(years)}}});
  }
}

void check_agreements(Findings& findings, const Configuration& configuration) {
  const auto& calendar = configuration.calendar.file;
  const templates::Loaded loaded = templates::load_library(configuration.agreements.path, calendar);
  if (!loaded.library) {
    const std::string places =
        configuration.agreements.path.string() + (calendar ? ", " + calendar->string() : "");
    findings.push_back({"agreements",
                        Health::problem,
                        {std::string(plural(loaded.mistakes.size(),
                                            "1 mistake in {1}; `duenotice agreements check` names it",
                                            "{0} mistakes in {1}; `duenotice agreements check` names each")),
                         {std::to_string(loaded.mistakes.size()), places}}});
    return;
  }
  const std::size_t versions = loaded.library->agreements().all().size();
  std::size_t kinds = 0;
  for (const Agreement& agreement : loaded.library->agreements().all()) kinds += agreement.kinds.size();
  findings.push_back(
      {"agreements",
       Health::ok,
       {"valid, in {2} (versions: {0}, kinds of notice: {1})",
        {std::to_string(versions), std::to_string(kinds), configuration.agreements.path.string()}}});
  for (const UsedVersion& changed : changed_versions(loaded.library->agreements(), configuration.journal))
    findings.push_back({"agreements", Health::warning, in_words(changed)});
  if (calendar) check_calendar(findings, calendar->string(), loaded.library->agreements().rest_days());
}

/// Adds a problem where a file that is not there yet could not be made either.
bool cannot_be_made(Findings& findings, const std::string& check, const std::filesystem::path& file) {
  const Status made = try_making(file);
  if (made.ok()) return false;
  findings.push_back({check,
                      Health::problem,
                      {"{0} does not exist, and `duenotice serve` could not make it: {1}; name a place in "
                       "[{2}] url that can be written, or run this as the gateway's own user",
                       {file.string(), made.error().message, check}}});
  return true;
}

void check_journal(Findings& findings, const Configuration& configuration, bool deep) {
  const auto reader = open_journal(configuration.journal);
  if (!reader && reader.error().kind == ErrorKind::not_found) {
    if (cannot_be_made(findings, "journal", configuration.journal.path)) return;
    findings.push_back({"journal",
                        Health::warning,
                        {"there is none at {0} yet; the first `duenotice serve` makes it",
                         {configuration.journal.path.string()}}});
    return;
  }
  if (!reader) {
    findings.push_back({"journal", Health::problem, {"{0}", {reader.error().message}}});
    return;
  }
  const auto checked =
      (*reader)->check_events(deep ? std::nullopt : std::optional(limits::events_checked_at_start));
  if (!checked) {
    findings.push_back({"journal", Health::problem, {"{0}", {checked.error().message}}});
  } else if (!checked->fault.empty()) {
    findings.push_back({"journal",
                        Health::problem,
                        {"{0}; stop the gateway, keep a copy of the journal and restore the last backup",
                         {checked->fault}}});
  } else {
    findings.push_back({"journal",
                        Health::ok,
                        {deep && checked->unopened > 0
                             ? "readable, all {0} events are without a gap; what {1} of them bind themselves "
                               "to was not checked, for want of the master key"
                         : deep ? "readable, all {0} events are without a gap"
                                : "readable, the last {0} events are without a gap; --deep checks all",
                         {std::to_string(checked->checked), std::to_string(checked->unopened)}}});
  }
}

void check_waiting(Findings& findings, const Configuration& configuration) {
  const auto reader = open_journal(configuration.journal);
  if (!reader) return;  // said above
  const auto waiting = (*reader)->waiting({}, SystemClock().now());
  if (!waiting) {
    findings.push_back({"decisions", Health::problem, {"{0}", {waiting.error().message}}});
    return;
  }
  for (Finding& finding : waiting_findings(*waiting)) findings.push_back(std::move(finding));
}

void check_the_queue(Findings& findings, const Configuration& configuration) {
  const auto& embedded = configuration.queue.embedded;
  if (const Status right = embedded ? may_use_database(*embedded) : Status(Done{}); !right) {
    findings.push_back({"queue", Health::problem, {"{0}", {right.error().message}}});
    return;
  }
  if (std::error_code ignored; embedded && !std::filesystem::exists(*embedded, ignored)) {
    if (cannot_be_made(findings, "queue", *embedded)) return;
    findings.push_back(
        {"queue",
         Health::warning,
         {"{0} does not exist yet; the first `duenotice serve` or `submit` makes it", {embedded->string()}}});
    return;
  }
  const auto found = check_queue(configuration);
  if (found) {
    findings.push_back({"queue", Health::ok, {"{0}", {*found}}});
  } else {
    findings.push_back(
        {"queue",
         Health::problem,
         {embedded
              ? "{0}; see that the file and its folder can be written by this user"
              : "{0}; see that the broker runs and that [queue] url, password_file and ca_file are right",
          {found.error().message}}});
  }
}

/// How one channel is configured, and what to say when it does not answer.
struct ChannelCheck {
  Channel channel;
  std::string url;
  std::optional<std::filesystem::path> sandbox;
  Health when_absent;
  std::string_view not_configured;
  std::string_view no_answer;
  std::string_view in_the_sandbox;
  std::string_view no_folder;
};

void check_channel(Findings& findings, const Configuration& configuration, const ChannelCheck& asked) {
  const std::string check(to_text(asked.channel));
  const auto provider = open_provider(configuration, asked.channel);
  if (!provider) {
    findings.push_back({check, Health::problem, {"{0}", {provider.error().message}}});
    return;
  }
  if (!*provider) {
    findings.push_back({check, asked.when_absent, Sentence(std::string(asked.not_configured))});
    return;
  }
  const Status answered = (*provider)->check();
  if (!answered) {
    const std::string_view advice = asked.sandbox ? asked.no_folder : asked.no_answer;
    findings.push_back({check, Health::problem, {std::string(advice), {answered.error().message}}});
  } else if (asked.sandbox) {
    findings.push_back(
        {check, Health::warning, {std::string(asked.in_the_sandbox), {asked.sandbox->string()}}});
  } else {
    findings.push_back({check, Health::ok, {"{0} answers", {asked.url}}});
  }
}

void check_email(Findings& findings, const Configuration& configuration) {
  check_channel(
      findings, configuration,
      {.channel = Channel::email,
       .url = configuration.email.url,
       .sandbox = configuration.email.sandbox,
       .when_absent = Health::warning,
       .not_configured = "not configured, so no notice goes out by email; set [channels.email] url",
       .no_answer = "{0}; see that the server runs and lets this machine in, and that [channels.email] url, "
                    "tls, ca_file and password_file are right",
       .in_the_sandbox = "SANDBOX: messages become files in {0} and reach nobody; set an smtp:// url to send "
                         "them",
       .no_folder = "{0}; name a folder that can be written in [channels.email] url"});
}

void check_sms(Findings& findings, const Configuration& configuration) {
  check_channel(
      findings, configuration,
      {.channel = Channel::sms,
       .url = configuration.sms.url_text(),
       .sandbox = configuration.sms.sandbox,
       .when_absent = Health::ok,
       .not_configured = "not configured, so no notice goes out by SMS; set [channels.sms] url",
       .no_answer = "{0}; see that Kannel or the provider lets this machine in, and that [channels.sms] url, "
                    "username, password_file and ca_file are right",
       .in_the_sandbox =
           "SANDBOX: messages become files in {0} and reach nobody; set a kannel:// url to send "
           "them",
       .no_folder = "{0}; name a folder that can be written in [channels.sms] url"});
}

/// The kernel knows whether a time service disciplines its clock; in a container it is the host's answer.
void check_clock(Findings& findings) {
  timex state{};
  const int result = ::adjtimex(&state);
  if (result < 0) {
    findings.push_back(
        {"clock",
         Health::warning,
         {"the kernel does not say whether it is synchronised ({0}); a wrong clock makes wrong "
          "legal dates, so look at the host's time service",
          {std::strerror(errno)}}});
  } else if (result == TIME_ERROR || (state.status & STA_UNSYNC) != 0) {
    findings.push_back(
        {"clock", Health::warning,
         "the kernel knows of no time service that keeps it right; a wrong clock makes wrong legal "
         "dates: start chrony or systemd-timesyncd (in a container: on its host)"});
  } else {
    findings.push_back(
        {"clock",
         Health::ok,
         {"synchronised, its error is at most {0} ms", {std::to_string((state.maxerror + 999) / 1000)}}});
  }
}

void check_disk(Findings& findings, const Configuration& configuration) {
  std::filesystem::path folder = configuration.journal.path;
  std::error_code ignored;
  // Before the first start the folder may not exist: the nearest one above it is on the same disk.
  while (folder.has_parent_path() && !std::filesystem::exists(folder.parent_path(), ignored)) {
    folder = folder.parent_path();
  }
  const auto free = free_bytes(folder);
  const std::uint64_t low = configuration.journal.low_space_bytes;
  if (!free) {
    findings.push_back({"disk",
                        Health::problem,
                        {"{0}; see that the journal's folder is there and that this user may read it",
                         {free.error().message}}});
    return;
  }
  const std::vector<std::string> facts = {std::to_string(*free / 1'000'000), size_text(low)};
  if (*free < low) {
    findings.push_back(
        {"disk",
         Health::problem,
         {"{0} MB free; intake stops below {1}: no notices are taken until there is room", facts}});
  } else if (*free < 2 * low) {
    findings.push_back(
        {"disk", Health::warning, {"{0} MB free; intake stops below {1}: make room soon", facts}});
  } else {
    findings.push_back({"disk", Health::ok, {"{0} MB free; intake stops below {1}", facts}});
  }
}

}  // namespace

std::vector<Finding> examine(const LoadedConfiguration& loaded, bool deep) {
  Findings findings;
  check_configuration(findings, loaded);
  if (!loaded.mistakes.empty()) return findings;
  const Configuration& configuration = loaded.configuration;
  check_agreements(findings, configuration);
  check_journal(findings, configuration, deep);
  findings.push_back(check_master_key(configuration));
  check_waiting(findings, configuration);
  const GatewayPresence gateway = look_for_gateway(configuration);
  for (Finding& finding : gateway_findings(gateway, waiting_work(configuration)))
    findings.push_back(std::move(finding));
  check_the_queue(findings, configuration);
  check_email(findings, configuration);
  check_sms(findings, configuration);
  findings.push_back(check_log(configuration, gateway));
  if (configuration.evidence.enabled()) findings.push_back(check_seals(configuration, gateway));
  findings.push_back(check_completeness(configuration));
  findings.push_back(check_metrics(configuration, gateway));
  check_clock(findings);
  check_disk(findings, configuration);
  return findings;
}

}  // namespace duenotice::app
