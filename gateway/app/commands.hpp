#pragma once
#include <istream>

#include "gateway/app/arguments.hpp"
#include "gateway/app/configuration.hpp"
#include "gateway/app/terminal.hpp"

/// The subcommands (`serve` has a header of its own). Each prints its result or its error and returns the
/// exit code (exit_codes.hpp).

namespace duenotice::app {

struct Context {
  const LoadedConfiguration& loaded;  ///< without mistakes, but for `config check` and `doctor`
  const Terminal& terminal;
  std::istream& in;
  const CommonArguments& common;

  const Configuration& configuration() const { return loaded.configuration; }
};

int run_status(const Context& context, const StatusArguments& arguments);
int run_submit(const Context& context, const SubmitArguments& arguments);
int run_list(const Context& context, const ListArguments& arguments);
int run_show(const Context& context, const ShowArguments& arguments);
int run_inbox(const Context& context, const InboxArguments& arguments);
int run_rejected(const Context& context, const RejectedArguments& arguments);
int run_audit(const Context& context, const AuditArguments& arguments);
int run_rejected_show(const Context& context, const RejectedShowArguments& arguments);
int run_rejected_release(const Context& context, const RejectedReleaseArguments& arguments);
int run_rejected_discard(const Context& context, const RejectedDiscardArguments& arguments);
int run_replay(const Context& context, const ReplayArguments& arguments);
int run_jobs(const Context& context, const JobsArguments& arguments);
int run_jobs_show(const Context& context, const JobsShowArguments& arguments);
int run_jobs_stop(const Context& context, const JobsStopArguments& arguments);
int run_resolve(const Context& context, const ResolveArguments& arguments);
int run_retry(const Context& context, const RetryArguments& arguments);
int run_cancel(const Context& context, const CancelArguments& arguments);
int run_failed(const Context& context, const FailedArguments& arguments);
int run_export(const Context& context, const ExportArguments& arguments);
int run_certificate(const Context& context, const CertificateArguments& arguments);
int run_bundle(const Context& context, const BundleArguments& arguments);
int run_verify(const Context& context, const VerifyArguments& arguments);
int run_events(const Context& context, const EventsArguments& arguments);
int run_agreements_check(const Context& context, const AgreementsCheckArguments& arguments);
int run_agreements_show(const Context& context, const AgreementsShowArguments& arguments);
int run_agreements_diff(const Context& context, const AgreementsDiffArguments& arguments);
int run_preview(const Context& context, const PreviewArguments& arguments);
int run_log_init(const Context& context);
int run_log_trust(const Context& context);
int run_log_checkpoint(const Context& context);
int run_log_proof(const Context& context, const LogProofArguments& arguments);
int run_log_consistency(const Context& context, const LogConsistencyArguments& arguments);
int run_log_seals(const Context& context, const LogSealsArguments& arguments);
int run_completeness(const Context& context, const CompletenessArguments& arguments);
int run_log_verify(const Context& context, const LogVerifyArguments& arguments);
int run_witness_init(const Context& context, const WitnessInitArguments& arguments);
/// Runs until SIGTERM or SIGINT.
int run_witness_serve(const Context& context, const WitnessServeArguments& arguments);
int run_keys_show(const Context& context, const KeysShowArguments& arguments);
int run_keys_rotate(const Context& context, const KeysRotateArguments& arguments);
int run_legal_hold_add(const Context& context, const LegalHoldAddArguments& arguments);
int run_legal_hold_remove(const Context& context, const LegalHoldRemoveArguments& arguments);
int run_legal_hold_list(const Context& context, const LegalHoldListArguments& arguments);
int run_account_end(const Context& context, const AccountEndArguments& arguments);
int run_erase(const Context& context, const EraseArguments& arguments);
int run_config_check(const Context& context);
int run_doctor(const Context& context, const DoctorArguments& arguments);

/// Prints every mistake of the configuration; returns exit_usage.
int report_mistakes(const std::vector<ConfigurationMistake>& mistakes, const Terminal& terminal);

}  // namespace duenotice::app
