#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/log_parts.hpp"
#include "gateway/evidence/role_key.hpp"

namespace duenotice::app {

int run_log_trust(const Context& context) {
  const Terminal& terminal = context.terminal;
  const auto key = read_log_key(context.configuration().evidence);
  if (!key) return terminal.fail(key.error());
  terminal.out << "log " << to_vkey(key->verifier()) << "\n";
  for (const std::string_view role : {evidence::bundle_role, evidence::export_role})
    terminal.out << "signer " << to_vkey(evidence::role_key(*key, role).verifier()) << "\n";
  terminal.out << "quorum none\n";
  return exit_ok;
}

}  // namespace duenotice::app
