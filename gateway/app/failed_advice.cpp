#include "gateway/app/failed_advice.hpp"

#include "gateway/app/shell_line.hpp"

namespace duenotice::app {

namespace {

const std::string to_fill_in = "\"…\"";

ShellLine replay_of(const CommonArguments& common, const StuckGroup& group) {
  return ShellLine(common, "replay")
      .option("--state", std::string(to_text(group.state)))
      .option("--channel", std::string(to_text(group.channel)))
      .option("--code", group.code);
}

std::string dry_run(const CommonArguments& common, const StuckGroup& group) {
  return replay_of(common, group).word("--reason " + to_fill_in + " --dry-run").text();
}

ShellLine about_one(const CommonArguments& common, const char* command, const StuckGroup& group) {
  return ShellLine(common, command).word(group.example);
}

std::string resolve(const CommonArguments& common, const StuckGroup& group, const std::string& decision) {
  return about_one(common, "resolve", group)
      .option("--channel", std::string(to_text(group.channel)))
      .word(decision + " --reason " + to_fill_in)
      .text();
}

Advice about_unknown(const CommonArguments& common, const StuckGroup& group) {
  const bool own_relay = group.code == codes::no_report;
  return {
      own_relay
          ? "Your own Kannel took them, and no report came of whether a carrier did. Look into its log and "
            "its store. Then say so for each notice, or accept duplicates for all."
          : "Ask the provider what became of them. Then say so for each notice, or accept duplicates for "
            "all.",
      {resolve(common, group, "--provider-confirms " + to_fill_in + " --evidence FILE"),
       resolve(common, group, "--not-sent"), dry_run(common, group)}};
}

Advice about_confirmed(const CommonArguments& common, const StuckGroup& group) {
  return {
      "The provider says that it has them. That makes no legal date, and no channel of their notices is "
      "left: "
      "tell the recipients in another way that the clause allows, or send them a second time.",
      {about_one(common, "show", group).text(), resolve(common, group, "--resend")}};
}

Advice about_late(const CommonArguments& common, const StuckGroup& group) {
  return {
      "They would miss the last lawful day of their effective date, or name a date that has passed. Give "
      "each a lawful effective date, or send it as it is, on record as such; or cancel it and publish it "
      "anew.",
      {about_one(common, "resolve", group).word("--effective-date DATE --reason " + to_fill_in).text(),
       about_one(common, "resolve", group).word("--accept-late --reason " + to_fill_in).text()}};
}

Advice about_broken(const CommonArguments& common, const StuckGroup& group) {
  return {
      "They were sent after the last day that is lawful for their date, so they may have no effect on it. "
      "Publish each anew with a later date if its effect is needed; then say for each that you know.",
      {about_one(common, "show", group).text(),
       about_one(common, "resolve", group).word("--accept-late --reason " + to_fill_in).text()}};
}

Advice about_refused(const CommonArguments& common, const StuckGroup& group) {
  const bool mail = group.channel == Channel::email;
  return {
      "The other side refused them. See in the notice what it said; correct the address of one, or mend the "
      "cause and send all again.",
      {about_one(common, "show", group).text(),
       about_one(common, "replay", group)
           .word(std::string(mail ? "--email NEW_ADDRESS" : "--phone NEW_NUMBER") + " --reason " + to_fill_in)
           .text(),
       dry_run(common, group)}};
}

}  // namespace

Advice advice_about(const CommonArguments& common, const StuckGroup& group) {
  const bool confirmed = group.reason == reasons::provider_confirms;
  if (group.actor == NextActor::nobody && confirmed) {
    return {
        "A person ended them on the provider's word. Their notices have a legal date, were cancelled, or "
        "another channel of them waits for a person.",
        {}};
  }
  if (group.actor == NextActor::nobody)
    return {"Nothing has to be done: their notices have a legal date, or were cancelled.", {}};
  if (group.actor == NextActor::gateway)
    return {"Nothing has to be done yet: another channel of their notices is still tried.", {}};
  if (confirmed) return about_confirmed(common, group);
  if (group.reason == reasons::lead_time_broken) return about_broken(common, group);
  if (group.reason == reasons::late) return about_late(common, group);
  if (group.unknown) return about_unknown(common, group);
  if (group.reason == reasons::refused) return about_refused(common, group);
  if (group.reason == reasons::transport_changed) {
    return {
        "They were accepted for the sandbox and the channel is real now, or the other way round. They go "
        "out when the channel is again as it was; or cancel them.",
        {}};
  }
  return {"Mend the cause, then send them again: first count, then do it without --dry-run.",
          {dry_run(common, group)}};
}

DeliveryAnswers answers_about(const StuckGroup& group) {
  Delivery delivery;
  delivery.state = group.state;
  delivery.reason = group.reason;
  delivery.attempts = group.attempted ? 1 : 0;
  delivery.unknowns = group.unknown ? 1 : 0;
  DeliveryAnswers answers = answers_of(delivery, NoticeState::held);
  answers.actor = group.actor;
  return answers;
}

}  // namespace duenotice::app
