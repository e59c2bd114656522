#include <algorithm>

#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/log_parts.hpp"
#include "gateway/app/log_seal_standing.hpp"
#include "gateway/app/log_trust.hpp"
#include "gateway/app/table.hpp"
#include "gateway/base/new_file.hpp"
#include "gateway/base/words.hpp"

namespace duenotice::app {

namespace {

Json names(const std::vector<std::string>& list) {
  Json json = Json::array();
  for (const std::string& name : list) json.push_back(name);
  return json;
}

Json stamp_json(const evidence::Seal::Stamp& stamp) {
  const auto& given = stamp.stamp;
  return Json::Object{{"tsa", stamp.tsa},
                      {"at", given ? Json(to_text(given->gen_time)) : Json()},
                      {"signer", given ? Json(as_utf8(given->tsa)) : Json()},
                      {"policy", given ? Json(given->policy) : Json()}};
}

Json seal_json(const evidence::Seal& seal, const SealConfirmation& confirmation) {
  Json stamps = Json::array();
  for (const evidence::Seal::Stamp& stamp : seal.stamps) stamps.push_back(stamp_json(stamp));
  return Json::Object{{"seal", seal.id},
                      {"sealed_at", to_text(seal.at)},
                      {"size", static_cast<std::int64_t>(seal.sealed.checkpoint.size)},
                      {"root", seal.sealed.checkpoint.root.hex()},
                      {"stamps", std::move(stamps)},
                      {"cosigned_by", names(confirmation.cosigned)},
                      {"not_cosigned_by", names(confirmation.uncosigned)},
                      {"quorum", confirmation.quorum}};
}

std::string listed(const std::vector<std::string>& list) { return list.empty() ? "-" : joined(list); }

/// Every stamp and cosignature that the seal has not, in words.
std::string missing(const Terminal& terminal, const SealConfirmation& confirmation) {
  std::string words;
  const auto add = [&](const char* phrase, const std::vector<std::string>& list) {
    if (list.empty()) return;
    words += (words.empty() ? "" : "; ") + say(terminal.language, Sentence(phrase, {joined(list)}));
  };
  add("stamp of {0}", confirmation.unstamped);
  add("cosignature of {0}", confirmation.uncosigned);
  if (!confirmation.quorum)
    words += (words.empty() ? "" : "; ") + std::string(terminal.say("too few witnesses"));
  return words.empty() ? "-" : words;
}

void print_table(const Terminal& terminal, const std::vector<evidence::Seal>& seals,
                 const evidence::TrustPolicy& policy) {
  Table table({"SEAL", "SEALED AT", "EVENTS", "STAMPED BY", "COSIGNED BY", "MISSING"});
  for (const evidence::Seal& seal : seals) {
    const SealConfirmation confirmation = confirmation_of(seal, policy);
    const std::string lacks = missing(terminal, confirmation);
    table.add({std::to_string(seal.id), to_text(seal.at), std::to_string(seal.sealed.checkpoint.size),
               listed(confirmation.stamped), listed(confirmation.cosigned),
               Cell(lacks, lacks == "-" ? Tone::plain : Tone::warn)});
  }
  table.print(terminal);
}

Status write_file(const std::filesystem::path& path, std::string_view content) {
  auto file = NewFile::make(path, true);
  if (!file) return file.error();
  const Status written = file->write(content);
  return written ? file->finish() : written;
}

/// What openssl checks: the bytes that were stamped, and each token.
Status write_seal(const evidence::Seal& seal, const std::filesystem::path& folder) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed)
    return Error{ErrorKind::broken, "cannot make the folder " + folder.string() + ": " + failed.message()};
  const std::string name = "seal-" + std::to_string(seal.id);
  if (const Status written = write_file(folder / name, seal.sealed.note); !written) return written;
  if (const Status written = write_file(folder / (name + ".cosigned"), cosigned_note(seal)); !written)
    return written;
  for (const evidence::Seal::Stamp& stamp : seal.stamps) {
    if (!stamp.stamp) continue;
    const Status written = write_file(folder / (name + "." + stamp.tsa + ".token"), stamp.stamp->token);
    if (!written) return written;
  }
  return Done{};
}

/// The newest ones, or the one that was asked for; `not_found` when there is none.
Result<std::vector<evidence::Seal>> read_seals(evidence::SealStore& store,
                                               const LogSealsArguments& arguments) {
  const auto count = store.count();
  if (!count) return count.error();
  std::vector<evidence::Seal> seals;
  const std::int64_t last = arguments.seal.value_or(*count);
  const std::int64_t first = arguments.seal ? last : std::max<std::int64_t>(1, last - arguments.limit + 1);
  for (std::int64_t id = last; id >= first; --id) {
    auto seal = store.seal(id);
    if (!seal) return seal.error();
    if (*seal) seals.push_back(std::move(**seal));
  }
  if (!seals.empty()) return seals;
  return Error{ErrorKind::not_found, arguments.seal
                                         ? "there is no seal " + std::to_string(*arguments.seal) +
                                               ": they have the numbers 1 to " + std::to_string(*count)
                                         : "the log was not sealed yet"};
}

}  // namespace

int run_log_seals(const Context& context, const LogSealsArguments& arguments) {
  const Terminal& terminal = context.terminal;
  const EvidenceSettings& settings = context.configuration().evidence;
  if (const auto files = open_log_files(settings); !files) return terminal.fail(files.error());
  const auto key = read_log_key(settings);
  if (!key) return terminal.fail(key.error());
  const auto policy = read_witness_policy(settings, key->verifier());
  if (!policy) return terminal.fail(policy.error());
  auto store = open_seals(settings, key->verifier());
  if (!store) return terminal.fail(store.error());
  if (!*store) {
    return terminal.fail({ErrorKind::not_found, "the log was not sealed yet: `duenotice serve` seals it"});
  }
  const auto seals = read_seals(**store, arguments);
  if (!seals) return terminal.fail(seals.error());
  if (arguments.output) {
    const Status written = write_seal(seals->front(), *arguments.output);
    if (!written) return terminal.fail(written.error());
  }
  if (!arguments.json) {
    print_table(terminal, *seals, *policy);
    return exit_ok;
  }
  Json list = Json::array();
  for (const evidence::Seal& seal : *seals) list.push_back(seal_json(seal, confirmation_of(seal, *policy)));
  terminal.out << pretty_json(list) << "\n";
  return exit_ok;
}

}  // namespace duenotice::app
