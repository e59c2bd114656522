#include "gateway/app/log_checks.hpp"

#include "gateway/app/log_standing.hpp"
#include "gateway/base/clock.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/http/control_client.hpp"

namespace duenotice::app {

namespace {

/// Empty when no gateway answers.
std::optional<Json> gateway_answer(const Configuration& configuration) {
  const auto answer = http::ControlClient(configuration.control.socket).get("/v1/status");
  if (!answer || answer->status != 200) return std::nullopt;
  auto status = parse_json(answer->body);
  return status ? std::optional(std::move(*status)) : std::nullopt;
}

}  // namespace

Finding check_log(const Configuration& configuration) {
  if (!configuration.evidence.enabled()) {
    return {
        "log", Health::ok,
        "none is kept, so the record can be checked only by those who trust this machine; to keep one set "
        "[evidence] origin, run `duenotice log init` and start the gateway again"};
  }
  const auto answer = gateway_answer(configuration);
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

}  // namespace duenotice::app
