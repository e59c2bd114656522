#include <poll.h>
#include <unistd.h>

#include <exception>
#include <iostream>

#include "gateway/app/command_line.hpp"
#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/serve_command.hpp"
#include "gateway/notice/masked_text.hpp"

namespace duenotice::app {
namespace {

/// Says where data and messages go when no file does.
void print_defaults(const Context& context) {
  const Configuration& configuration = context.configuration();
  const auto places = places_in_use(configuration);
  const Terminal& terminal = context.terminal;
  const bool sandbox = configuration.email.sandbox || configuration.sms.sandbox;
  terminal.err << terminal.say(
                      "There is no configuration file, so the embedded defaults hold but for what the "
                      "environment sets:")
               << "\n  journal  " << places[0] << "\n  queue    " << places[1] << "\n  email    " << places[2]
               << "\n  sms      " << places[3] << "\n"
               << terminal.say(sandbox ? "This is a SANDBOX: messages become files there and reach nobody."
                                       : "This is REAL: messages are sent to the recipients.")
               << "\n"
               << terminal.say("Start your own file from the example.toml that came with the program.")
               << "\n";
}

int run_serve(const Context& context) {
  if (const auto mistakes = check_channels(context.loaded); !mistakes.empty())
    return report_mistakes(mistakes, context.terminal);
  if (!context.loaded.file) print_defaults(context);
  return serve(context.loaded, context.terminal);
}

struct Runner {
  const Context& context;
  int operator()(const ServeArguments&) const { return run_serve(context); }
  int operator()(const StatusArguments& arguments) const { return run_status(context, arguments); }
  int operator()(const SubmitArguments& arguments) const { return run_submit(context, arguments); }
  int operator()(const ListArguments& arguments) const { return run_list(context, arguments); }
  int operator()(const ShowArguments& arguments) const { return run_show(context, arguments); }
  int operator()(const InboxArguments& arguments) const { return run_inbox(context, arguments); }
  int operator()(const RejectedArguments& arguments) const { return run_rejected(context, arguments); }
  int operator()(const AuditArguments& arguments) const { return run_audit(context, arguments); }
  int operator()(const RejectedShowArguments& arguments) const {
    return run_rejected_show(context, arguments);
  }
  int operator()(const RejectedReleaseArguments& arguments) const {
    return run_rejected_release(context, arguments);
  }
  int operator()(const RejectedDiscardArguments& arguments) const {
    return run_rejected_discard(context, arguments);
  }
  int operator()(const ReplayArguments& arguments) const { return run_replay(context, arguments); }
  int operator()(const JobsArguments& arguments) const { return run_jobs(context, arguments); }
  int operator()(const JobsShowArguments& arguments) const { return run_jobs_show(context, arguments); }
  int operator()(const JobsStopArguments& arguments) const { return run_jobs_stop(context, arguments); }
  int operator()(const ResolveArguments& arguments) const { return run_resolve(context, arguments); }
  int operator()(const RetryArguments& arguments) const { return run_retry(context, arguments); }
  int operator()(const CancelArguments& arguments) const { return run_cancel(context, arguments); }
  int operator()(const FailedArguments& arguments) const { return run_failed(context, arguments); }
  int operator()(const ExportArguments& arguments) const { return run_export(context, arguments); }
  int operator()(const CertificateArguments& arguments) const { return run_certificate(context, arguments); }
  int operator()(const BundleArguments& arguments) const { return run_bundle(context, arguments); }
  int operator()(const VerifyArguments& arguments) const { return run_verify(context, arguments); }
  int operator()(const EventsArguments& arguments) const { return run_events(context, arguments); }
  int operator()(const AgreementsCheckArguments& arguments) const {
    return run_agreements_check(context, arguments);
  }
  int operator()(const AgreementsShowArguments& arguments) const {
    return run_agreements_show(context, arguments);
  }
  int operator()(const AgreementsDiffArguments& arguments) const {
    return run_agreements_diff(context, arguments);
  }
  int operator()(const PreviewArguments& arguments) const { return run_preview(context, arguments); }
  int operator()(const LogInitArguments&) const { return run_log_init(context); }
  int operator()(const LogTrustArguments&) const { return run_log_trust(context); }
  int operator()(const LogCheckpointArguments&) const { return run_log_checkpoint(context); }
  int operator()(const LogProofArguments& arguments) const { return run_log_proof(context, arguments); }
  int operator()(const LogConsistencyArguments& arguments) const {
    return run_log_consistency(context, arguments);
  }
  int operator()(const CompletenessArguments& arguments) const {
    return run_completeness(context, arguments);
  }
  int operator()(const LogSealsArguments& arguments) const { return run_log_seals(context, arguments); }
  int operator()(const LogVerifyArguments& arguments) const { return run_log_verify(context, arguments); }
  int operator()(const WitnessInitArguments& arguments) const { return run_witness_init(context, arguments); }
  int operator()(const WitnessServeArguments& arguments) const {
    return run_witness_serve(context, arguments);
  }
  int operator()(const KeysShowArguments& arguments) const { return run_keys_show(context, arguments); }
  int operator()(const KeysRotateArguments& arguments) const { return run_keys_rotate(context, arguments); }
  int operator()(const LegalHoldAddArguments& arguments) const {
    return run_legal_hold_add(context, arguments);
  }
  int operator()(const LegalHoldRemoveArguments& arguments) const {
    return run_legal_hold_remove(context, arguments);
  }
  int operator()(const LegalHoldListArguments& arguments) const {
    return run_legal_hold_list(context, arguments);
  }
  int operator()(const AccountEndArguments& arguments) const { return run_account_end(context, arguments); }
  int operator()(const EraseArguments& arguments) const { return run_erase(context, arguments); }
  int operator()(const ConfigCheckArguments&) const { return run_config_check(context); }
  int operator()(const DoctorArguments& arguments) const { return run_doctor(context, arguments); }
};

/// Two say themselves what is wrong with the configuration, and one asks for nothing in it; every other
/// command needs it whole.
bool bears_any_configuration(const CommandArguments& command) {
  return std::holds_alternative<ConfigCheckArguments>(command) ||
         std::holds_alternative<DoctorArguments>(command) || std::holds_alternative<VerifyArguments>(command);
}

/// Whether stdout is a pipe that nobody reads any more (`duenotice list | head -1`): the reader has what it
/// wanted. The kernel is asked, because errno may be of another call by now.
bool reader_has_left() {
  pollfd out{.fd = STDOUT_FILENO, .events = POLLOUT, .revents = 0};
  return ::poll(&out, 1, 0) == 1 && (out.revents & (POLLERR | POLLHUP)) != 0;
}

int finish(int code, const Terminal& terminal) {
  std::cout.flush();
  if (!std::cout.fail() || reader_has_left()) return code;
  return terminal.fail({ErrorKind::broken,
                        "the output could not be written completely; see that there is room where it goes"});
}

int run(int argc, char** argv) {
  const auto line = parse_command_line({argv + 1, argv + argc});
  if (!line) {
    std::cout << line.error().out;
    const Terminal terminal = process_terminal(line.error().language);
    std::cerr << say_text(terminal.language, line.error().err);
    return finish(line.error().code, terminal);
  }
  const Terminal terminal = process_terminal(line->common.language);
  const LoadedConfiguration loaded = load_configuration(line->common.config, process_environment());
  if (!loaded.mistakes.empty() && !bears_any_configuration(line->command))
    return report_mistakes(loaded.mistakes, terminal);
  const Context context{loaded, terminal, std::cin, line->common};
  return finish(std::visit(Runner{context}, line->command), terminal);
}

}  // namespace
}  // namespace duenotice::app

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  try {
    return duenotice::app::run(argc, argv);
  } catch (const std::exception& failure) {
    std::cerr << "duenotice: " << duenotice::masked_text(failure.what()) << "\n";
    return duenotice::app::exit_io;
  }
}
