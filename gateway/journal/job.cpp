#include "gateway/journal/job.hpp"

namespace duenotice {

std::string_view to_text(JobState state) {
  switch (state) {
    case JobState::running:
      return "running";
    case JobState::done:
      return "done";
    case JobState::stopped:
      return "stopped";
  }
  return {};
}

std::string_view to_text(JobItemState state) {
  switch (state) {
    case JobItemState::to_do:
      return "to_do";
    case JobItemState::made_due:
      return "made_due";
    case JobItemState::passed_over:
      return "passed_over";
  }
  return {};
}

std::string_view to_text(RejectionState state) {
  switch (state) {
    case RejectionState::open:
      return "open";
    case RejectionState::released:
      return "released";
    case RejectionState::discarded:
      return "discarded";
  }
  return {};
}

}  // namespace duenotice
