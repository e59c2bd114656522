#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/failed_advice.hpp"
#include "gateway/app/journal_access.hpp"
#include "gateway/app/list_filter.hpp"
#include "gateway/app/option_words.hpp"
#include "gateway/app/shell_line.hpp"
#include "gateway/app/table.hpp"
#include "gateway/app/unknown_words.hpp"
#include "gateway/base/clock.hpp"
#include "gateway/base/json.hpp"

namespace duenotice::app {

namespace {

Result<WaitingFilter> make_filter(const FailedArguments& arguments) {
  WaitingFilter filter;
  filter.code = arguments.code;
  filter.kind = arguments.kind;
  filter.agreement = arguments.agreement;
  const auto channel = channel_option("--channel", arguments.channel);
  if (!channel) return channel.error();
  filter.channel = *channel;
  const auto period = parse_period(arguments.since, std::nullopt);
  if (!period) return period.error();
  filter.since = period->since;
  return filter;
}

Json span_json(const WaitingSpan& span) {
  Json json = Json::object();
  json["count"] = span.count;
  json["oldest"] = span.count == 0 ? Json() : Json(to_text(span.oldest));
  json["newest"] = span.count == 0 ? Json() : Json(to_text(span.newest));
  return json;
}

Json group_json(const CommonArguments& common, const StuckGroup& group) {
  const DeliveryAnswers answers = answers_about(group);
  const Advice advice = advice_about(common, group);
  Json json = span_json(group.span);
  json["channel"] = to_text(group.channel);
  json["state"] = to_text(group.state);
  json["reason"] = group.reason;
  json["code"] = group.code.empty() ? Json() : Json(as_utf8(group.code));
  json["sent"] = answers.sent ? Json(*answers.sent) : Json();
  json["resend_safe"] = Json::Object{{"safe", answers.resend.safe}, {"why", answers.resend.why}};
  json["next_actor"] = to_text(group.actor);
  json["what_to_do"] = advice.what.english;
  json["commands"] = Json::array();
  for (const std::string& command : advice.commands) json["commands"].push_back(command);
  json["example_notice_id"] = group.example;
  json["by_age"] = Json::object();
  for (const AgeBand band : every_age_band)
    json["by_age"][to_text(band)] = group.by_age.at(static_cast<std::size_t>(band));
  return json;
}

void print_json(const Context& context, const Waiting& waiting) {
  Json json = Json::object();
  json["deliveries"] = Json::array();
  for (const StuckGroup& group : waiting.groups)
    json["deliveries"].push_back(group_json(context.common, group));
  json["rejected_open"] = span_json(waiting.rejected);
  json["dead_letters_waiting"] = span_json(waiting.dead_letters);
  json["relays_overdue"] = span_json(waiting.overdue_relays);
  context.terminal.out << pretty_json(json) << "\n";
}

class Page {
 public:
  explicit Page(const Context& context) : context_(context), terminal_(context.terminal) {}

  void group(const StuckGroup& group) {
    const DeliveryAnswers answers = answers_about(group);
    const Advice advice = advice_about(context_.common, group);
    const bool urgent = group.actor == NextActor::operator_;
    begin();
    terminal_.out << terminal_.paint(say(to_text(group.channel)) + "  " + say(to_text(group.state)),
                                     urgent ? Tone::bad : Tone::faint)
                  << "  " << visible(say(group.reason));
    if (!group.code.empty()) terminal_.out << "  " << say("code") << " " << visible(group.code);
    terminal_.out << "  " << counted(group.span.count, "{0} delivery", "{0} deliveries") << "  "
                  << age(group.span) << "\n";
    line("How long?", by_age(group));
    line("Was it sent?", say(!answers.sent ? "nobody knows" : *answers.sent ? "yes" : "no"));
    line("Is a resend safe?", say(answers.resend.safe ? "yes" : "no") + ": " + say(answers.resend.why));
    line("Who must act?", say(to_text(group.actor)));
    line("What to do", app::say(terminal_.language, advice.what));
    for (const std::string& command : advice.commands) line("", command);
  }

  void others(const WaitingSpan& span, const char* one, const char* many, const std::string& command) {
    if (span.count == 0) return;
    begin();
    terminal_.out << terminal_.paint(counted(span.count, one, many), Tone::warn) << "  " << age(span) << "\n";
    if (!command.empty()) line("What to do", command);
  }

  bool empty() const { return empty_; }

 private:
  std::string say(std::string_view english) const { return std::string(terminal_.say(english)); }

  void begin() {
    if (!empty_) terminal_.out << "\n";
    empty_ = false;
  }

  void line(const char* label, const std::string& text) const {
    const std::string shown = say(label);
    terminal_.out << "  " << terminal_.paint(shown, Tone::faint) << padding(shown, 18) << " " << visible(text)
                  << "\n";
  }

  std::string counted(std::int64_t count, const char* one, const char* many) const {
    return app::say(
        terminal_.language,
        Sentence(std::string(plural(static_cast<std::size_t>(count), one, many)), {std::to_string(count)}));
  }

  /// `3 under 1 h, 120 over 7 days`
  std::string by_age(const StuckGroup& group) const {
    std::string words;
    for (const AgeBand band : every_age_band) {
      const std::int64_t count = group.by_age.at(static_cast<std::size_t>(band));
      if (count == 0) continue;
      words += (words.empty() ? "" : ", ") +
               app::say(terminal_.language, Sentence(in_words(band), {std::to_string(count)}));
    }
    return words;
  }

  static const char* in_words(AgeBand band) {
    switch (band) {
      case AgeBand::hour:
        return "{0} for less than an hour";
      case AgeBand::day:
        return "{0} for less than a day";
      case AgeBand::week:
        return "{0} for less than seven days";
      case AgeBand::older:
        return "{0} for seven days or longer";
    }
    return "";
  }

  std::string age(const WaitingSpan& span) const {
    if (span.oldest == span.newest)
      return app::say(terminal_.language, Sentence("since {0}", {to_text(span.oldest)}));
    return app::say(terminal_.language,
                    Sentence("since {0}, the newest {1}", {to_text(span.oldest), to_text(span.newest)}));
  }

  const Context& context_;
  const Terminal& terminal_;
  bool empty_ = true;
};

void print_page(const Context& context, const Waiting& waiting) {
  Page page(context);
  for (const StuckGroup& group : waiting.groups) page.group(group);
  page.others(waiting.overdue_relays, "{0} relayed message whose report is overdue",
              "{0} relayed messages whose reports are overdue", ShellLine(context.common, "doctor").text());
  page.others(waiting.rejected, "{0} rejected request is open", "{0} rejected requests are open",
              ShellLine(context.common, "rejected").flag("--open").text());
  page.others(waiting.dead_letters, "{0} dead letter waits for the broker",
              "{0} dead letters wait for the broker", ShellLine(context.common, "doctor").text());
  if (page.empty()) context.terminal.out << context.terminal.say("Nothing waits for a person.") << "\n";
}

}  // namespace

int run_failed(const Context& context, const FailedArguments& arguments) {
  const Terminal& terminal = context.terminal;
  const auto filter = make_filter(arguments);
  if (!filter) {
    terminal.fail(filter.error());
    return exit_usage;
  }
  const auto reader = open_journal(context.configuration().journal);
  if (!reader) return terminal.fail(reader.error());
  const auto waiting = (*reader)->waiting(*filter, SystemClock().now());
  if (!waiting) return terminal.fail(waiting.error());
  if (waiting->groups.empty()) explain_unknown_words(context, **reader, arguments.kind, arguments.agreement);
  if (arguments.json) {
    print_json(context, *waiting);
  } else {
    print_page(context, *waiting);
  }
  return exit_ok;
}

}  // namespace duenotice::app
