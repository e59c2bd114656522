#include "gateway/app/log_checks.hpp"

#include "gateway/app/journal_access.hpp"
#include "gateway/app/log_seal_standing.hpp"
#include "gateway/app/log_standing.hpp"
#include "gateway/base/clock.hpp"
#include "gateway/base/limits.hpp"

namespace duenotice::app {

Finding check_log(const Configuration& configuration, const GatewayPresence& gateway) {
  if (!configuration.evidence.enabled()) {
    return {
        "log", Health::ok,
        "none is kept, so the record can be checked only by those who trust this machine; to keep one set "
        "[evidence] origin, run `duenotice log init` and start the gateway again"};
  }
  const Result<Json>& answer = gateway.answer;
  const LogFaultReport fault = answer ? log_fault(*answer) : LogFaultReport{};
  if (fault.stopped) {
    return {"log",
            Health::problem,
            {"it is published no more, while notices go on being sent: {0}; mend that and start the gateway "
             "again",
             {fault.fault}}};
  }
  if (!fault.fault.empty())
    return {"log", Health::problem, {"the last checkpoint failed and is tried again: {0}", {fault.fault}}};
  const auto standing = look_at_log(configuration);
  if (!standing && standing.error().kind == ErrorKind::not_found)
    return {"log", Health::ok, "the first `duenotice serve` makes it"};
  if (!standing) return {"log", Health::problem, {"{0}", {standing.error().message}}};
  const std::string size = std::to_string(standing->size);
  if (standing->events < standing->size) {
    return {
        "log",
        Health::problem,
        {"its checkpoint has {0} events, but the journal only {1}: the journal seems to have been restored "
         "from an older backup; restore its newest copy",
         {size, std::to_string(standing->events)}}};
  }
  const auto& since = standing->unpublished_since;
  if (answer && since && SystemClock().now() - *since > limits::status_event_patience) {
    return {"log",
            Health::warning,
            {"it is behind: the oldest event that is not in it is of {0}; see the gateway's log, and whether "
             "the gateway was started with this [evidence] origin",
             {to_text(*since)}}};
  }
  return {"log",
          Health::ok,
          {"{0} events in {1}; `duenotice log verify` checks all of them",
           {size, configuration.evidence.folder.string()}}};
}

Finding check_seals(const Configuration& configuration, const GatewayPresence& gateway) {
  const EvidenceSettings& settings = configuration.evidence;
  const Result<Json>& answer = gateway.answer;
  const LogSealing::Standing now = answer ? sealing_standing(*answer) : LogSealing::Standing();
  if (!now.sealing.fault.empty()) {
    return {"seals",
            Health::problem,
            {"the log is not sealed, while notices go on being sent; it is tried again: {0}",
             {now.sealing.fault}}};
  }
  const auto seals = look_at_seals(settings);
  if (!seals) return {"seals", Health::problem, {"{0}", {seals.error().message}}};
  for (const LogSealing::Party& tsa : now.tsas) {
    if (tsa.fault.empty()) continue;
    const auto waiting = seals->waiting.find(tsa.name);
    return {
        "seals",
        Health::warning,
        {"{0} gives no stamps, and {1} seals wait for one; it is asked again: {2}; see [evidence.tsa.{0}]",
         {tsa.name, std::to_string(waiting == seals->waiting.end() ? 0 : waiting->second), tsa.fault}}};
  }
  for (const LogSealing::Party& witness : now.witnesses) {
    if (witness.fault.empty()) continue;
    return {"seals",
            Health::warning,
            {"the witness {0} does not cosign; it is asked again: {1}; see [evidence] witnesses",
             {witness.name, witness.fault}}};
  }
  if (!seals->newest) return {"seals", Health::ok, "none yet; the running gateway makes the first at once"};
  const SealConfirmation& by = seals->confirmation;
  if (settings.tsas.empty() && !settings.witnesses) {
    return {
        "seals",
        Health::ok,
        {"{0} seals that nobody else has confirmed: name time-stamping authorities in [evidence.tsa.NAME], "
         "and witnesses in [evidence] witnesses",
         {std::to_string(seals->seals)}}};
  }
  return {"seals",
          Health::ok,
          {"{0} seals; the newest, over {1} events, is stamped by {2} of {3} and cosigned by {4} of {5}",
           {std::to_string(seals->seals), std::to_string(seals->newest->sealed.checkpoint.size),
            std::to_string(by.stamped.size()), std::to_string(by.stamped.size() + by.unstamped.size()),
            std::to_string(by.cosigned.size()), std::to_string(by.cosigned.size() + by.uncosigned.size())}}};
}

Finding check_completeness(const Configuration& configuration) {
  auto completeness = open_completeness(configuration.journal);
  if (!completeness && completeness.error().kind == ErrorKind::not_found)
    return {"completeness", Health::ok, "No publisher numbers its requests."};
  if (!completeness) return {"completeness", Health::problem, {"{0}", {completeness.error().message}}};
  const auto sources = completeness->sources();
  if (!sources) return {"completeness", Health::problem, {"{0}", {sources.error().message}}};
  for (const SourceSequence& source : *sources) {
    if (source.whole()) continue;
    return {"completeness",
            Health::warning,
            {"of {0}, {1} numbered requests never came, and {2} numbers were given twice; `duenotice "
             "completeness` names them",
             {source.source, std::to_string(source.missing), std::to_string(source.repeated)}}};
  }
  if (sources->empty()) return {"completeness", Health::ok, "No publisher numbers its requests."};
  return {"completeness",
          Health::ok,
          {"every numbered request came once (publishers: {0})", {std::to_string(sources->size())}}};
}

}  // namespace duenotice::app
