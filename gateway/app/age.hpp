#pragma once
#include "gateway/app/phrases.hpp"
#include "gateway/base/time.hpp"

namespace duenotice::app {

/// How long something has lasted, as a person says it: seconds, minutes, hours with minutes, days with hours.
/// A clock that was set back makes it 0 s.
Sentence age_in_words(Milliseconds age);

}  // namespace duenotice::app
