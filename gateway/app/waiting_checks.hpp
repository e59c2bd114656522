#pragma once
#include <vector>

#include "gateway/app/doctor_checks.hpp"
#include "gateway/journal/waiting.hpp"

namespace duenotice::app {

/// What waits for a person, as warnings of `doctor`: the gateway works, and yet somebody must act. One line
/// that says so where nothing does.
std::vector<Finding> waiting_findings(const Waiting& waiting);

}  // namespace duenotice::app
