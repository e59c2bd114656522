#include "gateway/app/doctor_checks.hpp"

#include <sys/timex.h>

#include <cerrno>
#include <cstring>

#include "gateway/app/configuration_values.hpp"
#include "gateway/app/wiring.hpp"
#include "gateway/base/file_system.hpp"
#include "gateway/http/control_client.hpp"
#include "gateway/journal/journal_reader.hpp"
#include "templates/renderer.hpp"

namespace duenotice::app {

namespace {

using Findings = std::vector<Finding>;

void check_configuration(Findings& findings, const LoadedConfiguration& loaded) {
  for (const ConfigurationMistake& mistake : loaded.mistakes) {
    findings.push_back({"configuration", Health::problem, mistake.place + ": " + mistake.message});
  }
  if (!loaded.mistakes.empty()) return;
  if (loaded.file) {
    findings.push_back({"configuration", Health::ok, loaded.file->string() + " is valid"});
  } else {
    findings.push_back(
        {"configuration", Health::warning,
         "there is no file, so the embedded defaults hold: everything below ./duenotice-data, email "
         "into a sandbox; start from share/duenotice/example.toml"});
  }
}

void check_agreements(Findings& findings, const Configuration& configuration) {
  const templates::Loaded loaded = templates::load_library(configuration.agreements.path);
  if (!loaded.library) {
    findings.push_back({"agreements", Health::problem,
                        std::to_string(loaded.mistakes.size()) + " mistake(s) in " +
                            configuration.agreements.path.string() +
                            "; `duenotice agreements check` names each"});
    return;
  }
  std::size_t kinds = 0;
  for (const Agreement& agreement : loaded.library->agreements().all()) kinds += agreement.kinds.size();
  findings.push_back({"agreements", Health::ok,
                      std::to_string(loaded.library->agreements().all().size()) + " version(s) with " +
                          std::to_string(kinds) + " kind(s) in " + configuration.agreements.path.string()});
}

void check_journal(Findings& findings, const Configuration& configuration, bool deep) {
  const auto reader = open_journal_reader(configuration.journal.path);
  if (!reader) {
    const bool none = reader.error().kind == ErrorKind::not_found;
    findings.push_back({"journal", none ? Health::warning : Health::problem,
                        reader.error().message + (none ? "; the first `duenotice serve` makes it" : "")});
    return;
  }
  const auto checked =
      (*reader)->check_events(deep ? std::nullopt : std::optional(limits::events_checked_at_start));
  if (!checked) {
    findings.push_back({"journal", Health::problem, checked.error().message});
  } else if (!checked->fault.empty()) {
    findings.push_back(
        {"journal", Health::problem,
         checked->fault + "; stop the gateway, keep a copy of the journal and restore the last backup"});
  } else {
    findings.push_back({"journal", Health::ok,
                        "readable, the last " + std::to_string(checked->checked) +
                            " events are without a gap" + (deep ? " (all of them)" : "; --deep checks all")});
  }
}

void check_gateway(Findings& findings, const Configuration& configuration) {
  const auto answer = http::ControlClient(configuration.control.socket).get("/v1/status");
  if (!answer) {
    const bool away = answer.error().kind == ErrorKind::unavailable;
    findings.push_back({"gateway", away ? Health::warning : Health::problem,
                        answer.error().message + (away ? "; start it with `duenotice serve`" : "")});
    return;
  }
  const auto status = parse_json(answer->body);
  if (answer->status != 200 || !status) {
    findings.push_back({"gateway", Health::problem,
                        "it answers with status " + std::to_string(answer->status) +
                            " instead of its own; is another program at the socket?"});
    return;
  }
  const auto flag = [&](std::string_view key) {
    const Json* member = status->find(key);
    return member != nullptr && member->as_bool() != nullptr && *member->as_bool();
  };
  const auto text = [&](std::string_view key) {
    const Json* member = status->find(key);
    return member != nullptr && member->as_string() != nullptr ? *member->as_string() : std::string();
  };
  if (flag("space_is_low")) {
    findings.push_back(
        {"gateway", Health::problem, "it takes no notices because its disk is nearly full; make room"});
  } else if (const std::string fault = text("queue_fault"); !fault.empty()) {
    findings.push_back({"gateway", Health::problem, "it cannot reach its queue: " + fault});
  } else {
    findings.push_back(
        {"gateway", Health::ok, "running since " + text("since") + ", version " + text("version")});
  }
}

void check_the_queue(Findings& findings, const Configuration& configuration) {
  const auto& embedded = configuration.queue.embedded;
  if (std::error_code ignored; embedded && !std::filesystem::exists(*embedded, ignored)) {
    findings.push_back({"queue", Health::warning,
                        embedded->string() + " does not exist yet; the first `duenotice serve` or `submit` "
                                             "makes it"});
    return;
  }
  const auto found = check_queue(configuration);
  findings.push_back({"queue", found ? Health::ok : Health::problem, found ? *found : found.error().message});
}

void check_email(Findings& findings, const Configuration& configuration) {
  if (!configuration.email.enabled()) {
    findings.push_back({"email", Health::warning,
                        "not configured, so no notice goes out by email; set "
                        "[channels.email] url"});
    return;
  }
  const auto providers = open_providers(configuration);
  if (!providers) {
    findings.push_back({"email", Health::problem, providers.error().message});
    return;
  }
  const auto provider = providers->find(Channel::email);
  const Status answered = provider == providers->end() ? Status(Done{}) : provider->second->check();
  if (!answered) {
    findings.push_back({"email", Health::problem, answered.error().message});
  } else if (configuration.email.sandbox) {
    findings.push_back({"email", Health::warning,
                        "SANDBOX: messages become files in " + configuration.email.sandbox->string() +
                            " and reach nobody; set an smtp:// url to send them"});
  } else {
    findings.push_back({"email", Health::ok, configuration.email.url + " answers"});
  }
}

/// The kernel knows whether a time service disciplines its clock; in a container it is the host's answer.
void check_clock(Findings& findings) {
  timex state{};
  const int result = ::adjtimex(&state);
  if (result < 0) {
    findings.push_back({"clock", Health::warning,
                        std::string("the kernel does not say whether it is synchronised (") +
                            std::strerror(errno) +
                            "); a wrong clock makes wrong legal dates, so look at the host's time service"});
  } else if (result == TIME_ERROR || (state.status & STA_UNSYNC) != 0) {
    findings.push_back(
        {"clock", Health::warning,
         "the kernel knows of no time service that keeps it right; a wrong clock makes wrong legal "
         "dates: start chrony or systemd-timesyncd (in a container: on its host)"});
  } else {
    findings.push_back(
        {"clock", Health::ok,
         "synchronised, its error is at most " + std::to_string((state.maxerror + 999) / 1000) + " ms"});
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
    findings.push_back({"disk", Health::problem, free.error().message});
    return;
  }
  const std::string found =
      std::to_string(*free / 1'000'000) + " MB free; intake stops below " + size_text(low);
  if (*free < low) {
    findings.push_back({"disk", Health::problem, found + ": no notices are taken until there is room"});
  } else if (*free < 2 * low) {
    findings.push_back({"disk", Health::warning, found + ": make room soon"});
  } else {
    findings.push_back({"disk", Health::ok, found});
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
  check_gateway(findings, configuration);
  check_the_queue(findings, configuration);
  check_email(findings, configuration);
  check_clock(findings);
  check_disk(findings, configuration);
  return findings;
}

}  // namespace duenotice::app
