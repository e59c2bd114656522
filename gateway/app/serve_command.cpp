#include "gateway/app/serve_command.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <iostream>

#include "gateway/app/data_folders.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/gateway_status.hpp"
#include "gateway/app/log_parts.hpp"
#include "gateway/app/log_publisher.hpp"
#include "gateway/app/log_sealing.hpp"
#include "gateway/app/log_statements.hpp"
#include "gateway/app/metrics_page.hpp"
#include "gateway/app/operations_answer.hpp"
#include "gateway/app/report_listener.hpp"
#include "gateway/app/serve_loop.hpp"
#include "gateway/app/used_versions.hpp"
#include "gateway/app/version.hpp"
#include "gateway/app/wiring.hpp"
#include "gateway/http/control_server.hpp"
#include "gateway/pipeline/event_log.hpp"
#include "gateway/pipeline/gateway.hpp"

namespace duenotice::app {
namespace {

int refuse(const Terminal& terminal, const Error& error) {
  terminal.complain(say_text(terminal.language, error.message));
  // A file that the configuration names and that is not there is a mistake of the configuration.
  return error.kind == ErrorKind::not_found ? exit_usage : exit_code(error.kind);
}

/// Makes the folders of files that the embedded defaults put below the working folder.
Status make_folders(const LoadedConfiguration& loaded) {
  const Configuration& configuration = loaded.configuration;
  const Status journal = make_folder(loaded, "journal", "url", configuration.journal.path.parent_path());
  if (!journal) return journal;
  if (const auto& queue = configuration.queue.embedded) {
    if (const Status made = make_folder(loaded, "queue", "url", queue->parent_path()); !made) return made;
  }
  if (configuration.evidence.enabled()) {
    const EvidenceSettings& log = configuration.evidence;
    if (const Status made = make_folder(loaded, "evidence", "folder", log.folder); !made) return made;
    if (const Status made = make_folder(loaded, "evidence", "heads", log.heads.parent_path()); !made)
      return made;
    if (const Status made = make_folder(loaded, "evidence", "seals", log.seals.parent_path()); !made)
      return made;
  }
  if (const auto& sandbox = configuration.email.sandbox) {
    if (const Status made = make_folder(loaded, "channels.email", "url", *sandbox); !made) return made;
  }
  if (const auto& sandbox = configuration.sms.sandbox)
    return make_folder(loaded, "channels.sms", "url", *sandbox);
  return Done{};
}

/// Everything that a running gateway is made of, in the order in which it is opened; closed the other way
/// round.
struct Running {
  SystemClock clock;
  SystemRandom random;
  RequestSchema schema;
  PipelineSettings settings;
  std::unique_ptr<templates::CurrentLibrary> library;
  Providers providers;
  std::unique_ptr<Metrics> metrics;
  std::optional<evidence::SigningKey> log_key;
  std::atomic<LogPublisher*> evidence_log = nullptr;  ///< is told of commits once it is there
  std::unique_ptr<Journal> journal;
  std::unique_ptr<queue::Consumer> consumer;
  std::unique_ptr<queue::Publisher> publisher;
  std::unique_ptr<queue::EventPublisher> events;  ///< may be null
};

Status open(Running& running, const Configuration& configuration, Log& log) {
  running.settings = pipeline_settings(configuration);
  const templates::Loaded loaded =
      templates::load_library(configuration.agreements.path, configuration.calendar.file);
  if (!loaded.library) {
    return Error{ErrorKind::invalid, mistakes_in_words(loaded.mistakes, configuration.calendar.file)};
  }
  running.library = std::make_unique<templates::CurrentLibrary>(loaded.library);
  auto providers = open_providers(configuration);
  if (!providers) return providers.error();
  running.providers = std::move(*providers);
  if (configuration.evidence.enabled()) {
    auto key = read_log_key(configuration.evidence);
    if (!key) return key.error();
    running.log_key = std::move(*key);
  }
  SqliteJournalOptions options = journal_options(configuration);
  running.metrics = std::make_unique<Metrics>(version, running.clock.now());
  options.on_committed = [&log, &running](const DurableCommit& commit) {
    for (const Event& event : commit.events) log_event(log, event);
    running.metrics->count(commit);
    LogPublisher* const evidence_log = running.evidence_log;
    if (evidence_log != nullptr && !commit.events.empty()) evidence_log->wake();
  };
  auto journal = open_sqlite_journal(options, running.clock, log);
  if (!journal) return journal.error();
  running.journal = std::move(*journal);
  log_changed_versions(log, changed_versions(loaded.library->agreements(), configuration.journal));
  auto consumer = open_consumer(configuration);
  if (!consumer) return consumer.error();
  running.consumer = std::move(*consumer);
  auto publisher = open_publisher(configuration, running.clock, PublisherStart::later);
  if (!publisher) return publisher.error();
  running.publisher = std::move(*publisher);
  auto events = open_event_publisher(configuration);
  if (!events) return events.error();
  running.events = std::move(*events);
  return Done{};
}

std::unique_ptr<LogPublisher> start_log_publisher(Running& running, const Configuration& configuration,
                                                  Log& log) {
  auto publish = [publication = log_publication(configuration, *running.log_key),
                  &journal = *running.journal]() -> Result<evidence::Head> {
    // What is left of the disk is for the outcomes of notices.
    if (journal.space_is_low())
      return Error{ErrorKind::no_space, "the journal's disk is nearly full; make room"};
    return publication();
  };
  auto publisher = std::make_unique<LogPublisher>(publish, configuration.evidence.interval, log);
  running.evidence_log = publisher.get();
  return publisher;
}

Result<std::unique_ptr<LogSealing>> start_log_sealing(Running& running, const Configuration& configuration,
                                                      Log& log) {
  const auto zones = [&library = *running.library] {
    std::vector<TimeZone> all;
    for (const Agreement& agreement : library.get()->agreements().all()) {
      const auto same = [&](const TimeZone& zone) { return zone.name() == agreement.time_zone.name(); };
      if (std::none_of(all.begin(), all.end(), same)) all.push_back(agreement.time_zone);
    }
    return all;
  };
  const auto space_is_low = [&journal = *running.journal] { return journal.space_is_low(); };
  return LogSealing::start(configuration.evidence, running.log_key->verifier(), {zones, space_is_low},
                           running.clock, log);
}

/// What keeps the evidence log beside the gateway; null where none is kept.
struct LogThreads {
  std::unique_ptr<LogSealing> sealing;
  std::unique_ptr<LogPublisher> publisher;
  std::unique_ptr<LogStatements> statements;

  /// Once the journal is closed: the last commits are published.
  void stop() const {
    if (!publisher) return;
    statements->stop();
    publisher->stop();
    sealing->stop();
  }
};

Result<LogThreads> start_log_threads(Running& running, const Configuration& configuration, Log& log) {
  LogThreads threads;
  if (!running.log_key) return threads;
  auto sealing = start_log_sealing(running, configuration, log);
  if (!sealing) return sealing.error();
  threads.sealing = std::move(*sealing);
  threads.publisher = start_log_publisher(running, configuration, log);
  threads.statements = std::make_unique<LogStatements>(configuration, *running.log_key, *running.journal,
                                                       *threads.publisher, running.clock, log);
  return threads;
}

http::ControlRoutes control_routes(Gateway& gateway, const Journal& journal,
                                   const AgreementReload& agreements, const MetricsPage& metrics,
                                   const LogPublisher* evidence_log, const LogSealing* sealing,
                                   const Heartbeat& heartbeat, Instant since) {
  return {{"POST", "/v1/operations",
           [&gateway](const http::Request& request) {
             return answer_operation(request.body, [&](const Json& order) { return gateway.perform(order); });
           }},
          {"GET", "/v1/status",
           [&gateway, &journal, &agreements, &metrics, evidence_log, sealing, &heartbeat,
            since](const http::Request&) {
             Json status = gateway_status_json(gateway.status(), journal.epoch(), since);
             status["agreements"] = agreements.status();
             status["metrics"] = metrics.address().empty() ? Json() : Json(metrics.address());
             const std::string still = heartbeat.last_found();
             status["standing_still"] = still.empty() ? Json() : Json(still);
             status["log"] = evidence_log == nullptr ? Json() : log_json(evidence_log->standing());
             status["seals"] = sealing == nullptr ? Json() : seals_json(sealing->standing());
             return http::json_response(200, status);
           }}};
}

}  // namespace

int serve(const LoadedConfiguration& loaded, const Terminal& terminal) {
  const Configuration& configuration = loaded.configuration;
  // Journal, queue and sandbox messages hold personal data: nobody but their owner reads them.
  ::umask(0077);
  const ServeSignals signals;
  const ServiceManager manager = ServiceManager::of_this_process();
  Log log(configuration.log.level, configuration.log.format);
  if (const Status made = make_folders(loaded); !made) return refuse(terminal, made.error());
  Running running;
  if (const Status opened = open(running, configuration, log); !opened)
    return refuse(terminal, opened.error());
  const Instant since = running.clock.now();

  Gateway* serving = nullptr;  // reports wait until it is there
  auto reports = ReportListener::open(
      configuration.sms, [&](const channels::Report& report) { return serving->report(report); }, log);
  const auto give_up = [&](const Error& error) {
    running.journal->close();
    return refuse(terminal, error);
  };
  if (!reports) return give_up(reports.error());
  Gateway gateway({.settings = running.settings,
                   .library = *running.library,
                   .providers = running.providers,
                   .schema = running.schema,
                   .journal = *running.journal,
                   .consumer = *running.consumer,
                   .publisher = *running.publisher,
                   .events = running.events.get(),
                   .clock = running.clock,
                   .random = running.random,
                   .log = log,
                   .on_broken = end_broken});
  serving = &gateway;
  AgreementReload agreements(*running.library, configuration.agreements.path, configuration.calendar.file,
                             running.clock, log);
  const auto threads = start_log_threads(running, configuration, log);
  if (!threads) return give_up(threads.error());
  MetricsPage metrics(*running.metrics, gateway, threads->publisher.get(), threads->sealing.get(),
                      configuration, running.clock);
  Heartbeat heartbeat(gateway, *running.journal);
  gateway.start();
  metrics.serve(log);
  if (*reports) (*reports)->begin();
  {
    const auto control = http::ControlServer::start(
        configuration.control.socket,
        control_routes(gateway, *running.journal, agreements, metrics, threads->publisher.get(),
                       threads->sealing.get(), heartbeat, since));
    if (!control) {
      reports->reset();
      gateway.stop();
      return give_up(control.error());
    }
    log.info("serving", {{"version", std::string(version)},
                         {"journal", configuration.journal.path.string()},
                         {"epoch", running.journal->epoch()},
                         {"control", configuration.control.socket.string()}});
    const int signal = ServeLoop(signals, manager, gateway, heartbeat, agreements, log).run();
    manager.stopping(running.settings.drain + limits::stop_beyond_drain);
    log.info("stopping", {{"signal", std::int64_t{signal}}});
  }
  gateway.stop();
  reports->reset();  // after the drain: a report that comes meanwhile is no loss
  running.consumer->stop();
  running.journal->close();
  threads->stop();
  log.info("stopped");
  return exit_ok;
}

}  // namespace duenotice::app
