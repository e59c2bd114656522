#include "gateway/app/failed_advice.hpp"

#include <catch2/catch.hpp>

using namespace duenotice;
using namespace duenotice::app;

namespace {

StuckGroup group(std::string reason, DeliveryState state = DeliveryState::failed) {
  StuckGroup group;
  group.state = state;
  group.reason = std::move(reason);
  group.code = "550";
  group.attempted = true;
  group.example = "NOTICE";
  return group;
}

std::vector<std::string> commands(const StuckGroup& about) { return advice_about({}, about).commands; }

}  // namespace

TEST_CASE("What was certainly not taken is sent again with one command") {
  CHECK(commands(group("retries_exhausted")) ==
        std::vector<std::string>{
            "duenotice replay --state failed --channel email --code 550 --reason \"…\" --dry-run"});
  CHECK(commands(group("refused")) ==
        std::vector<std::string>{
            "duenotice show NOTICE", "duenotice replay NOTICE --email NEW_ADDRESS --reason \"…\"",
            "duenotice replay --state failed --channel email --code 550 --reason \"…\" --dry-run"});
  StuckGroup sms = group("refused");
  sms.channel = Channel::sms;
  CHECK(commands(sms)[1] == "duenotice replay NOTICE --phone NEW_NUMBER --reason \"…\"");
  StuckGroup untried = group("transport_changed", DeliveryState::held);
  untried.code = "";
  // Whatever is sent now would be held again.
  CHECK(commands(untried).empty());
  untried.reason = "retries_exhausted";
  CHECK(commands(untried).front() ==
        "duenotice replay --state held --channel email --code '' --reason \"…\" --dry-run");
}

TEST_CASE("What may be out is asked about before it is sent again") {
  StuckGroup unknown = group("outcome_unknown", DeliveryState::held);
  unknown.unknown = true;
  CHECK(
      commands(unknown) ==
      std::vector<std::string>{
          "duenotice resolve NOTICE --channel email --provider-confirms \"…\" --evidence FILE --reason \"…\"",
          "duenotice resolve NOTICE --channel email --not-sent --reason \"…\"",
          "duenotice replay --state held --channel email --code 550 --reason \"…\" --dry-run"});
  CHECK(!answers_about(unknown).sent);
  CHECK(!answers_about(unknown).resend.safe);
  CHECK(answers_about(group("refused")).sent == false);
  CHECK(answers_about(group("refused")).resend.safe);
}

TEST_CASE("Of what our own relay never reported the relay is asked, not a provider") {
  StuckGroup silent = group("outcome_unknown", DeliveryState::held);
  silent.unknown = true;
  silent.channel = Channel::sms;
  silent.code = "no_report";
  CHECK_THAT(advice_about({}, silent).what.english, Catch::StartsWith("Your own Kannel took them"));
  silent.code = "timeout";
  CHECK_THAT(advice_about({}, silent).what.english, Catch::StartsWith("Ask the provider"));
}

TEST_CASE("What is late needs a date or a decision, notice by notice") {
  CHECK(commands(group("late", DeliveryState::held)) ==
        std::vector<std::string>{"duenotice resolve NOTICE --effective-date DATE --reason \"…\"",
                                 "duenotice resolve NOTICE --accept-late --reason \"…\""});
}

TEST_CASE("Where nobody need act there is nothing to do") {
  for (const NextActor actor : {NextActor::nobody, NextActor::gateway}) {
    StuckGroup idle = group("refused");
    idle.actor = actor;
    CHECK(commands(idle).empty());
    CHECK_THAT(advice_about({}, idle).what.english, Catch::StartsWith("Nothing has to be done"));
    CHECK(answers_about(idle).actor == actor);
  }
  StuckGroup confirmed = group("provider_confirms");
  confirmed.actor = NextActor::nobody;
  CHECK(commands(confirmed).empty());
}

TEST_CASE("What the provider has on the only channel wants another way, or a second sending") {
  const StuckGroup confirmed = group("provider_confirms");
  CHECK_THAT(advice_about({}, confirmed).what.english,
             Catch::Contains("no channel of their notices is left"));
  CHECK(commands(confirmed) ==
        std::vector<std::string>{"duenotice show NOTICE",
                                 "duenotice resolve NOTICE --channel email --resend --reason \"…\""});
  CHECK(answers_about(confirmed).actor == NextActor::operator_);
}

TEST_CASE("Every advice and reason speaks Chinese") {
  for (const char* reason : {"refused", "retries_exhausted", "outcome_unknown", "late", "transport_changed",
                             "provider_confirms"}) {
    INFO(reason);
    CHECK(say(Language::chinese, std::string_view(reason)) != reason);
    for (const NextActor actor : {NextActor::operator_, NextActor::nobody, NextActor::gateway}) {
      for (const bool unknown : {false, true}) {
        StuckGroup about = group(reason);
        about.actor = actor;
        about.unknown = unknown;
        const Sentence what = advice_about({}, about).what;
        CHECK(say(Language::chinese, what) != what.english);
      }
    }
  }
}
