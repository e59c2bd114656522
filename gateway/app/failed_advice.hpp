#pragma once
#include <string>
#include <vector>

#include "gateway/app/arguments.hpp"
#include "gateway/app/phrases.hpp"
#include "gateway/journal/waiting.hpp"
#include "gateway/notice/delivery_answers.hpp"

namespace duenotice::app {

/// What to do about a group of deliveries that wait for a person: a sentence, and the commands in the order
/// in which they come. Commands are quoted for a POSIX shell; `NOTICE_ID`, `…` and words in capitals are for
/// the person to fill in.
struct Advice {
  Sentence what;
  std::vector<std::string> commands;
};
Advice advice_about(const CommonArguments& common, const StuckGroup& group);

/// The three answers, which are the same for each delivery of the group.
DeliveryAnswers answers_about(const StuckGroup& group);

}  // namespace duenotice::app
