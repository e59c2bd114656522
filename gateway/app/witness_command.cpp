#include <sys/stat.h>

#include <iostream>

#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/serve_signals.hpp"
#include "gateway/app/witness_listener.hpp"
#include "gateway/evidence/signed_note.hpp"

namespace duenotice::app {

namespace {

/// Of a log, as `duenotice log init` prints it.
Result<std::vector<evidence::VerifierKey>> parse_log_keys(const std::vector<std::string>& texts) {
  std::vector<evidence::VerifierKey> keys;
  for (const std::string& text : texts) {
    auto key = evidence::parse_vkey(text);
    if (!key) return Error{ErrorKind::invalid, "--log " + text + ": " + key.error().message};
    if (key->kind != evidence::NoteKeyKind::note)
      return Error{ErrorKind::invalid, "--log " + text + ": that is the key of a witness, not of a log"};
    keys.push_back(std::move(*key));
  }
  return keys;
}

Result<evidence::SigningKey> read_witness_key(const std::filesystem::path& file) {
  auto key = evidence::SigningKey::read(file);
  if (!key && key.error().kind == ErrorKind::not_found)
    return Error{ErrorKind::not_found,
                 "there is no key at " + file.string() + ": make it with `duenotice witness init`"};
  if (key && key->verifier().kind != evidence::NoteKeyKind::cosigner)
    return Error{ErrorKind::invalid, "the key in " + file.string() + " is that of a log, not of a witness"};
  return key;
}

Result<evidence::WitnessStore> open_store(const std::filesystem::path& folder) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed)
    return Error{ErrorKind::broken, "cannot make the folder " + folder.string() + ": " + failed.message()};
  return evidence::WitnessStore::open(folder / "cosigned.db");
}

}  // namespace

int run_witness_init(const Context& context, const WitnessInitArguments& arguments) {
  const Terminal& terminal = context.terminal;
  if (!evidence::is_key_name(arguments.name) || arguments.name.size() > limits::note_key_name_bytes) {
    terminal.complain(terminal.say(
        "--name: choose the witness's name for all time, an address of yours without scheme such as "
        "witness.example.org, at most 256 bytes without spaces and +"));
    return exit_usage;
  }
  ::umask(0077);
  SystemRandom random;
  const auto key = evidence::SigningKey::make(arguments.name, evidence::NoteKeyKind::cosigner, random);
  if (const Status written = key.write_new(arguments.key); !written) return terminal.fail(written.error());
  terminal.out << to_vkey(key.verifier()) << "\n";
  terminal.err << say(terminal.language,
                      Sentence("The key is in {0}. Give the line above to those whose logs it witnesses.",
                               {visible(arguments.key.string())}))
               << "\n";
  return exit_ok;
}

int run_witness_serve(const Context& context, const WitnessServeArguments& arguments) {
  const Terminal& terminal = context.terminal;
  const auto address = http::parse_listen_address(arguments.listen);
  if (!address) {
    terminal.complain(
        terminal.say("--listen must be an address with a port, such as 0.0.0.0:8085 or [::]:8085"));
    return exit_usage;
  }
  ::umask(0077);
  const ServeSignals signals;
  auto logs = parse_log_keys(arguments.logs);
  if (!logs) return terminal.fail(logs.error());
  auto key = read_witness_key(arguments.key);
  if (!key) return terminal.fail(key.error());
  auto store = open_store(arguments.state);
  if (!store) return terminal.fail(store.error());
  const SystemClock clock;
  Log log(context.configuration().log.level, context.configuration().log.format);
  const std::string vkey = to_vkey(key->verifier());
  evidence::Witness witness(*store, std::move(*key), std::move(*logs));
  const auto listener = WitnessListener::start(*address, witness, clock, log);
  if (!listener) return terminal.fail(listener.error());
  log.info("witnessing", {{"listen", http::ListenAddress{address->host, (*listener)->port()}.text()},
                          {"key", vkey},
                          {"logs", static_cast<std::int64_t>(arguments.logs.size())}});
  int signal = 0;
  while (signal == 0 || signal == SIGHUP) signal = signals.wait(std::chrono::hours(1));
  log.info("stopped", {{"signal", std::int64_t{signal}}});
  return exit_ok;
}

}  // namespace duenotice::app
