// cancel, retry, resolve, and what becomes of rejected requests: one order each, and its answer.
#include <functional>

#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/operations_client.hpp"
#include "gateway/app/option_words.hpp"
#include "gateway/base/json_members.hpp"

namespace duenotice::app {
namespace {

Json order_of(std::string_view act, const OrderArguments& arguments) {
  return Json::Object{
      {"act", act}, {"operator", operator_name(arguments.operator_name)}, {"reason", arguments.reason}};
}

int wrong_words(const Terminal& terminal, const Error& error) {
  terminal.fail(error);
  return exit_usage;
}

void say_that_no_gateway_runs(const Terminal& terminal) {
  terminal.err << terminal.say("No gateway is running: it is written down, and acted upon when one starts.")
               << "\n";
}

Json answer_of(const Performed& done) {
  Json answer = done.answer;
  answer["gateway_runs"] = done.gateway_runs;
  return answer;
}

/// Carries the order out; `say` tells a person what became of it.
int give(const Context& context, const OrderArguments& arguments, const Json& order,
         const std::function<void(const Json&)>& say) {
  const Terminal& terminal = context.terminal;
  if (const Status reason = check_reason(arguments); !reason) return wrong_words(terminal, reason.error());
  const auto done = perform(context.loaded, order);
  if (!done) return terminal.fail(done.error());
  if (arguments.json) {
    terminal.out << pretty_json(answer_of(*done)) << "\n";
    return exit_ok;
  }
  say(done->answer);
  if (!done->gateway_runs) say_that_no_gateway_runs(terminal);
  return exit_ok;
}

void say_state(const Terminal& terminal, const Json& answer) {
  terminal.out << text_at(answer, "notice") << "  " << terminal.say(text_at(answer, "state")) << "\n";
}

int decide(const Context& context, const OrderArguments& arguments, const Json& order) {
  return give(context, arguments, order, [&](const Json& answer) { say_state(context.terminal, answer); });
}

/// The same order about several notices. What is wrong with one of them keeps no other from it.
int decide_each(const Context& context, const OrderArguments& arguments, Json order,
                const std::vector<std::string>& notices) {
  const Terminal& terminal = context.terminal;
  if (const Status reason = check_reason(arguments); !reason) return wrong_words(terminal, reason.error());
  int code = exit_ok;
  bool gateway_runs = true;
  Json answers = Json::array();
  for (const std::string& notice : notices) {
    order["notice"] = notice;
    const auto done = perform(context.loaded, order);
    if (!done) {
      const ErrorKind kind = done.error().kind;
      const int failed = terminal.fail({kind, visible(notice) + ": " + done.error().message});
      if (code == exit_ok) code = failed;
      if (kind != ErrorKind::invalid && kind != ErrorKind::not_found) break;
      continue;
    }
    gateway_runs = gateway_runs && done->gateway_runs;
    answers.push_back(answer_of(*done));
    if (!arguments.json) say_state(terminal, done->answer);
  }
  if (arguments.json) terminal.out << pretty_json(answers) << "\n";
  if (!arguments.json && !gateway_runs) say_that_no_gateway_runs(terminal);
  return code;
}

/// What `resolve` was asked, as an order; an error where the words do not go together.
Result<Json> resolution(const ResolveArguments& arguments) {
  const auto order = [&](std::string_view act) {
    Json json = order_of(act, arguments);
    json["notice"] = arguments.notice;
    if (arguments.channel) json["channel"] = *arguments.channel;
    return json;
  };
  const int ways = static_cast<int>(arguments.resend) + static_cast<int>(arguments.not_sent) +
                   static_cast<int>(arguments.provider_confirms.has_value()) +
                   static_cast<int>(arguments.effective_date.has_value()) +
                   static_cast<int>(arguments.accept_late);
  if (ways != 1) {
    return Error{
        ErrorKind::invalid,
        "say what is decided, one of --resend, --not-sent, --provider-confirms, --effective-date and "
        "--accept-late"};
  }
  if (const auto channel = channel_option("--channel", arguments.channel); !channel) return channel.error();
  if (arguments.channel && (arguments.accept_late || arguments.effective_date)) {
    return Error{ErrorKind::invalid,
                 "--accept-late and --effective-date are about the whole notice; leave --channel out"};
  }
  if (arguments.accept_late) return order("accept_late");
  if (arguments.effective_date) {
    const auto date = date_option("--effective-date", arguments.effective_date);
    if (!date) return date.error();
    Json json = order("resolve_effective_date");
    json["effective_date"] = *arguments.effective_date;
    return json;
  }
  if (!arguments.channel)
    return Error{ErrorKind::invalid, "say with --channel which delivery it is about: email, in_site or sms"};
  if (arguments.resend) return order("resolve_resend");
  if (arguments.not_sent) return order("resolve_not_sent");
  if (!arguments.evidence)
    return Error{ErrorKind::invalid, "--provider-confirms needs --evidence FILE, the file that proves it"};
  auto evidence = read_order_file(*arguments.evidence);
  if (!evidence) return evidence.error();
  Json json = order("resolve_provider_confirms");
  json["statement"] = *arguments.provider_confirms;
  json["evidence_name"] = std::filesystem::path(*arguments.evidence).filename().string();
  json["evidence"] = as_order_bytes(*evidence);
  return json;
}

}  // namespace

int run_cancel(const Context& context, const CancelArguments& arguments) {
  Json order = order_of("cancel", arguments);
  order["notice"] = arguments.notice;
  return decide(context, arguments, order);
}

int run_retry(const Context& context, const RetryArguments& arguments) {
  if (arguments.before_its_time && arguments.reason == retry_reason) {
    return wrong_words(context.terminal,
                       {ErrorKind::invalid,
                        "--before-its-time needs a --reason of your own: say why it goes out before the time "
                        "that its publisher demanded; auditors read it"});
  }
  Json order = order_of(arguments.before_its_time ? "retry_early" : "retry", arguments);
  const auto channel = channel_option("--channel", arguments.channel);
  if (!channel) return wrong_words(context.terminal, channel.error());
  if (arguments.channel) order["channel"] = *arguments.channel;
  if (arguments.notices.size() > 1) return decide_each(context, arguments, order, arguments.notices);
  order["notice"] = arguments.notices.front();
  return decide(context, arguments, order);
}

int run_jobs_stop(const Context& context, const JobsStopArguments& arguments) {
  Json order = order_of("stop_replay", arguments);
  order["job"] = arguments.job;
  return give(context, arguments, order, [&](const Json& answer) {
    const Terminal& terminal = context.terminal;
    terminal.out << text_at(answer, "job") << "  " << terminal.say("stopped") << "\n";
    terminal.err
        << terminal.say(
               "Nothing of it is started any more. What it had not sent is as it was before; what is "
               "under way is finished.")
        << "\n";
  });
}

int run_resolve(const Context& context, const ResolveArguments& arguments) {
  const auto order = resolution(arguments);
  if (!order) return wrong_words(context.terminal, order.error());
  return decide(context, arguments, *order);
}

int run_rejected_release(const Context& context, const RejectedReleaseArguments& arguments) {
  Json order = order_of("release", arguments);
  order["rejection"] = arguments.rejection;
  if (arguments.edit) {
    const auto body = read_order_file(*arguments.edit);
    if (!body) return wrong_words(context.terminal, body.error());
    order["body"] = as_order_bytes(*body);
  }
  return give(context, arguments, order, [&](const Json& answer) {
    const Terminal& terminal = context.terminal;
    const bool duplicate = flag_at(answer, "was_accepted_before");
    terminal.out << text_at(answer, "notice") << "  "
                 << terminal.say(duplicate ? "accepted before: nothing new is sent" : "accepted") << "\n";
  });
}

int run_rejected_discard(const Context& context, const RejectedDiscardArguments& arguments) {
  Json order = order_of("discard", arguments);
  order["rejection"] = arguments.rejection;
  return give(context, arguments, order, [&](const Json& answer) {
    const Terminal& terminal = context.terminal;
    terminal.out << text_at(answer, "rejection") << "  " << terminal.say("discarded") << "\n";
  });
}

}  // namespace duenotice::app
