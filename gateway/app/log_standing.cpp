#include "gateway/app/log_standing.hpp"

#include "gateway/app/log_parts.hpp"

namespace duenotice::app {

Result<LogStanding> look_at_log(const Configuration& configuration) {
  LogStanding standing;
  const auto files = open_log_files(configuration.evidence);
  if (!files && files.error().kind != ErrorKind::not_found) return files.error();
  if (files) {
    const auto checkpoint = read_checkpoint(*files);
    if (!checkpoint && checkpoint.error().kind != ErrorKind::not_found) return checkpoint.error();
    if (checkpoint) standing.size = checkpoint->size;
  }
  auto leaves = open_leaves(configuration);
  if (!leaves) return leaves.error();
  const auto events = leaves->count();
  if (!events) return events.error();
  standing.events = *events;
  const auto since = leaves->happened_at(standing.size);
  if (!since) return since.error();
  standing.unpublished_since = *since;
  return standing;
}

LogFaultReport log_fault(const Json& gateway_answer) {
  LogFaultReport report;
  const Json* log = gateway_answer.find("log");
  if (log == nullptr) return report;
  const Json* fault = log->find("fault");
  const Json* stopped = log->find("stopped");
  if (fault != nullptr && fault->as_string() != nullptr) report.fault = *fault->as_string();
  report.stopped = stopped != nullptr && *stopped == Json(true);
  return report;
}

}  // namespace duenotice::app
