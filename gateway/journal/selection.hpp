#pragma once
#include <string>

#include "gateway/base/sqlite.hpp"
#include "gateway/journal/job.hpp"

namespace duenotice {

/// A selection of deliveries as SQL, for the one who freezes it and the one who only counts: `<what> FROM
/// deliveries AS d JOIN notices AS n …`. `what` may speak of `d` and `n`. Deliveries that wait for a person
/// are found through an index of their own, so that the cost does not grow with those that were sent.
std::string selection_sql(const Selection& selection, std::string_view what, std::string_view tail);
/// Binds the selection's values from parameter `first` on; returns the next free one.
int bind_selection(sqlite::Statement& statement, const Selection& selection, int first);

}  // namespace duenotice
