#include "gateway/app/log_sealing.hpp"

#include <algorithm>
#include <mutex>

#include "gateway/app/log_trust.hpp"
#include "gateway/base/json_members.hpp"
#include "gateway/base/random.hpp"
#include "gateway/evidence/cosignature_collector.hpp"
#include "gateway/evidence/head_store.hpp"
#include "gateway/evidence/paced_thread.hpp"
#include "gateway/evidence/sealer.hpp"
#include "gateway/evidence/stamp_collector.hpp"

namespace duenotice::app {

namespace {

using evidence::CollectorStep;
using evidence::SealStore;

/// One step of a thread: what was done for which seal, and when it wants to go on.
using Work = std::function<Result<CollectorStep>(Instant, std::stop_token)>;

/// Makes what the steps work with at the first one, and again after its stores failed.
template <class Desk, class Open>
Work with_own(Open open) {
  return [open = std::move(open), desk = std::shared_ptr<Desk>()](
             Instant now, std::stop_token stop) mutable -> Result<CollectorStep> {
    if (!desk) {
      auto opened = open();
      if (!opened) return opened.error();
      desk = std::move(*opened);
    }
    auto step = desk->step(now, std::move(stop));
    if (!step) desk.reset();
    return step;
  };
}

struct SealDesk {
  evidence::SqliteHeadStore heads;
  SealStore seals;
  evidence::VerifierKey log_key;
  Milliseconds every;
  std::function<std::vector<TimeZone>()> zones;
  std::vector<std::string> tsas;

  Result<CollectorStep> step(Instant now, const std::stop_token&) {
    // Agreements may come with other zones while the gateway runs.
    evidence::Sealer sealer(heads, seals, log_key, {every, zones()}, tsas);
    const auto step = sealer.step(now);
    if (!step) return step.error();
    return CollectorStep{std::min(step->next, now + limits::seal_poll), step->seal, {}};
  }
};

struct StampDesk {
  SealStore seals;
  SystemRandom random;
  evidence::TimeStampClient tsa;
  evidence::StampCollector collector;

  StampDesk(SealStore store, evidence::TimeStampServer server, const Clock& clock)
      : seals(std::move(store)), tsa(std::move(server), clock, random), collector(seals, tsa) {}
  Result<CollectorStep> step(Instant now, std::stop_token stop) {
    return collector.step(now, std::move(stop));
  }
};

struct WitnessDesk {
  SealStore seals;
  evidence::DiskLogFiles files;
  evidence::WitnessClient witness;
  evidence::CosignatureCollector collector;

  WitnessDesk(SealStore store, evidence::DiskLogFiles folder, evidence::WitnessServer server)
      : seals(std::move(store)),
        files(std::move(folder)),
        witness(std::move(server), files),
        collector(seals, witness) {}
  Result<CollectorStep> step(Instant now, const std::stop_token& stop) { return collector.step(now, stop); }
};

Work sealing(const EvidenceSettings& settings, const evidence::VerifierKey& log_key,
             const LogSealing::Surroundings& around) {
  return with_own<SealDesk>([=]() -> Result<std::unique_ptr<SealDesk>> {
    auto heads = evidence::SqliteHeadStore::open(settings.heads);
    if (!heads) return heads.error();
    auto seals = SealStore::open(settings.seals, log_key);
    if (!seals) return seals.error();
    std::vector<std::string> tsas;
    for (const auto& [name, tsa] : settings.tsas) tsas.push_back(name);
    return std::make_unique<SealDesk>(SealDesk{std::move(*heads), std::move(*seals), log_key,
                                               settings.seal_interval, around.zones, std::move(tsas)});
  });
}

Work stamping(const EvidenceSettings& settings, const evidence::VerifierKey& log_key,
              const evidence::TimeStampServer& server, const Clock& clock) {
  return with_own<StampDesk>([=, &clock]() -> Result<std::unique_ptr<StampDesk>> {
    auto seals = SealStore::open(settings.seals, log_key);
    if (!seals) return seals.error();
    return std::make_unique<StampDesk>(std::move(*seals), server, clock);
  });
}

Work cosigning(const EvidenceSettings& settings, const evidence::VerifierKey& log_key,
               const evidence::WitnessServer& server) {
  return with_own<WitnessDesk>([=]() -> Result<std::unique_ptr<WitnessDesk>> {
    auto seals = SealStore::open(settings.seals, log_key);
    if (!seals) return seals.error();
    auto files = evidence::DiskLogFiles::open(settings.folder);
    if (!files) return files.error();
    return std::make_unique<WitnessDesk>(std::move(*seals), std::move(*files), server);
  });
}

/// What the log says of those who do one kind of work.
struct Words {
  const char* done;
  const char* failed;
};
constexpr Words of_sealing{"log_sealed", "log_not_sealed"};
constexpr Words of_stamps{"log_stamped", "log_not_stamped"};
constexpr Words of_witnesses{"log_cosigned", "log_not_cosigned"};

Json party_json(const LogSealing::Party& party) {
  const auto& since = party.failing_since;
  return Json::Object{{"name", party.name},
                      {"fault", party.fault.empty() ? Json() : Json(party.fault)},
                      {"failing_since", since ? Json(to_text(*since)) : Json()}};
}

LogSealing::Party party_of(const Json& json) {
  LogSealing::Party party{text_at(json, "name"), text_at(json, "fault")};
  if (const auto since = parse_instant(text_at(json, "failing_since"))) party.failing_since = *since;
  return party;
}

}  // namespace

/// One thread and how it does.
class LogSealing::Worker {
 public:
  Worker(std::string name, Words words, Work work, std::function<bool()> space_is_low, const Clock& clock,
         Log& log)
      : words_(words),
        work_(std::move(work)),
        space_is_low_(std::move(space_is_low)),
        log_(log),
        party_{std::move(name), ""},
        thread_(clock, [this](Instant now, std::stop_token stop) { return step(now, std::move(stop)); }) {}

  void ask_to_stop() { thread_.ask_to_stop(); }
  void stop() { thread_.stop(); }

  Party party() const {
    const std::lock_guard lock(mutex_);
    return party_;
  }

 private:
  Instant step(Instant now, std::stop_token stop) {
    auto done = space_is_low_() ? Result<CollectorStep>(Error{ErrorKind::no_space,
                                                              "the journal's disk is nearly full; make room"})
                                : work_(now, stop);
    if (stop.stop_requested()) return now;
    if (!done) {
      store_failed_ = true;
      fail(done.error(), now);
      return now + limits::seal_retry;
    }
    if (done->failure) {
      fail(*done->failure, now);
    } else if (done->seal || store_failed_) {
      succeed(done->seal);
    }
    store_failed_ = false;
    return done->next;
  }

  void fail(const Error& error, Instant now) {
    {
      const std::lock_guard lock(mutex_);
      const bool said = party_.fault == error.message;
      party_.fault = error.message;
      if (!party_.failing_since) party_.failing_since = now;
      if (said) return;
    }
    const bool passing = error.kind == ErrorKind::unavailable || error.kind == ErrorKind::no_space;
    const LogField fields[] = {{"by", party_.name}, {"reason", error.message}};
    log_.write(passing ? LogLevel::warning : LogLevel::error, words_.failed, fields);
  }

  void succeed(std::optional<std::int64_t> seal) {
    {
      const std::lock_guard lock(mutex_);
      party_.fault.clear();
      party_.failing_since.reset();
    }
    if (seal) log_.info(words_.done, {{"by", party_.name}, {"seal", *seal}});
  }

  const Words words_;
  const Work work_;
  const std::function<bool()> space_is_low_;
  Log& log_;
  bool store_failed_ = false;  ///< the thread's

  mutable std::mutex mutex_;  ///< guards the fault of the next one and since when
  Party party_;
  evidence::PacedThread thread_;  // last: it uses the rest
};

LogSealing::LogSealing() = default;

LogSealing::~LogSealing() { stop(); }

Result<std::unique_ptr<LogSealing>> LogSealing::start(const EvidenceSettings& settings,
                                                      const evidence::VerifierKey& log_key,
                                                      const Surroundings& around, const Clock& clock,
                                                      Log& log) {
  const auto roots = read_tsa_roots(settings);
  if (!roots) return roots.error();
  const auto policy = read_witness_policy(settings, log_key);
  if (!policy) return policy.error();
  const std::string ca_file = settings.ca_file.value_or("").string();

  std::unique_ptr<LogSealing> all(new LogSealing);
  const auto add = [&](const std::string& name, Words words, Work work) {
    all->workers_.push_back(
        std::make_unique<Worker>(name, words, std::move(work), around.space_is_low, clock, log));
  };
  add("sealing", of_sealing, sealing(settings, log_key, around));
  for (const auto& [name, tsa] : settings.tsas) {
    const evidence::TimeStampServer server{name, tsa.url, tsa.policy, ca_file, roots->at(name)};
    add(name, of_stamps, stamping(settings, log_key, server, clock));
  }
  all->tsas_ = settings.tsas.size();
  for (const evidence::TrustedWitness& witness : policy->witnesses()) {
    const evidence::WitnessServer server{witness.key, witness.url, ca_file};
    add(witness.name, of_witnesses, cosigning(settings, log_key, server));
  }
  return all;
}

void LogSealing::ask_to_stop() {
  for (const auto& worker : workers_) worker->ask_to_stop();
}

void LogSealing::stop() {
  ask_to_stop();
  for (const auto& worker : workers_) worker->stop();
}

LogSealing::Standing LogSealing::standing() const {
  Standing standing;
  for (std::size_t i = 0; i < workers_.size(); ++i) {
    Party party = workers_[i]->party();
    if (i == 0) {
      standing.sealing = std::move(party);
    } else {
      (i <= tsas_ ? standing.tsas : standing.witnesses).push_back(std::move(party));
    }
  }
  return standing;
}

Json seals_json(const LogSealing::Standing& standing) {
  const auto list = [](const std::vector<LogSealing::Party>& parties) {
    Json json = Json::array();
    for (const LogSealing::Party& party : parties) json.push_back(party_json(party));
    return json;
  };
  Json json = party_json(standing.sealing);
  json["tsas"] = list(standing.tsas);
  json["witnesses"] = list(standing.witnesses);
  return json;
}

LogSealing::Standing sealing_standing(const Json& gateway_answer) {
  LogSealing::Standing standing;
  const Json* seals = gateway_answer.find("seals");
  if (seals == nullptr) return standing;
  standing.sealing = party_of(*seals);
  const auto read = [&](const char* key, std::vector<LogSealing::Party>& parties) {
    const Json* list = seals->find(key);
    if (list == nullptr || list->as_array() == nullptr) return;
    for (const Json& party : *list->as_array()) parties.push_back(party_of(party));
  };
  read("tsas", standing.tsas);
  read("witnesses", standing.witnesses);
  return standing;
}

}  // namespace duenotice::app
