#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/log_parts.hpp"
#include "gateway/app/log_seal_standing.hpp"
#include "gateway/app/log_statement_check.hpp"
#include "gateway/app/log_trust.hpp"
#include "gateway/app/progress.hpp"
#include "gateway/base/json.hpp"
#include "gateway/evidence/log_verifier.hpp"
#include "gateway/evidence/seal_verifier.hpp"

namespace duenotice::app {

namespace {

/// Shows how far the reading has come.
class WatchedLeaves final : public evidence::LeafSource {
 public:
  WatchedLeaves(evidence::LeafSource& leaves, Progress& progress) : leaves_(leaves), progress_(progress) {}

  Result<std::uint64_t> count() override { return leaves_.count(); }
  Status read(std::uint64_t first, std::uint64_t count, const evidence::LeafSink& sink) override {
    return leaves_.read(first, count, [&](std::uint64_t index, std::string_view leaf) {
      if (index % leaves_a_look == 0) progress_.show(index, static_cast<std::int64_t>(index));
      return sink(index, leaf);
    });
  }

 private:
  /// The clock is not asked for each.
  static constexpr std::uint64_t leaves_a_look = 1'024;

  evidence::LeafSource& leaves_;
  Progress& progress_;
};

Result<evidence::VerifierKey> verifier_key(const EvidenceSettings& settings,
                                           const std::optional<std::string>& given) {
  if (given) return evidence::parse_vkey(*given);
  const auto key = read_log_key(settings);
  if (key) return key->verifier();
  return Error{key.error().kind,
               key.error().message + "; or give the log's public key with --key, as `log init` printed it"};
}

Result<std::optional<evidence::SqliteHeadStore>> open_heads(const EvidenceSettings& settings) {
  std::error_code ignored;
  if (!std::filesystem::exists(settings.heads, ignored)) return std::optional<evidence::SqliteHeadStore>();
  auto heads = evidence::SqliteHeadStore::open(settings.heads);
  if (!heads) return heads.error();
  return std::optional(std::move(*heads));
}

Json finding_json(const evidence::LogFinding& finding) {
  return Json::Object{{"fault", to_text(finding.fault)},
                      {"leaf", finding.leaf ? Json(static_cast<std::int64_t>(*finding.leaf)) : Json()},
                      {"path", finding.path.empty() ? Json() : Json(as_utf8(finding.path))},
                      {"sentence", as_utf8(finding.sentence)}};
}

Json finding_json(const evidence::SealFinding& finding) {
  return Json::Object{{"fault", to_text(finding.fault)},
                      {"seal", finding.seal},
                      {"by", finding.by.empty() ? Json() : Json(as_utf8(finding.by))},
                      {"sentence", as_utf8(finding.sentence)}};
}

Json seals_json(const evidence::SealVerification& seals) {
  Json findings = Json::array();
  for (const evidence::SealFinding& finding : seals.findings) findings.push_back(finding_json(finding));
  return Json::Object{{"seals", seals.seals},
                      {"stamps", seals.stamps},
                      {"cosignatures", seals.cosignatures},
                      {"waiting", seals.waiting},
                      {"unchecked", seals.unchecked},
                      {"findings", std::move(findings)},
                      {"further", static_cast<std::int64_t>(seals.further)}};
}

Json statements_json(const StatementVerification& statements) {
  Json findings = Json::array();
  for (const StatementFinding& finding : statements.findings) {
    findings.push_back(Json::Object{{"fault", to_text(finding.fault)},
                                    {"date", as_utf8(finding.date)},
                                    {"sentence", as_utf8(finding.sentence)}});
  }
  return Json::Object{{"statements", statements.statements},
                      {"findings", std::move(findings)},
                      {"further", static_cast<std::int64_t>(statements.further)}};
}

/// What the verifiers came to.
struct Verified {
  evidence::LogVerification log;
  evidence::SealVerification seals;
  StatementVerification statements;
  bool good() const { return log.good() && seals.good() && statements.good(); }
};

void print_json(const Terminal& terminal, const Verified& all) {
  const evidence::LogVerification& verified = all.log;
  Json findings = Json::array();
  for (const evidence::LogFinding& finding : verified.findings.named())
    findings.push_back(finding_json(finding));
  const Json json = Json::Object{{"good", all.good()},
                                 {"size", static_cast<std::int64_t>(verified.size)},
                                 {"unpublished", static_cast<std::int64_t>(verified.unpublished)},
                                 {"findings", std::move(findings)},
                                 {"further", static_cast<std::int64_t>(verified.findings.further())},
                                 {"seals", seals_json(all.seals)},
                                 {"statements", statements_json(all.statements)}};
  terminal.out << pretty_json(json) << "\n";
}

void print_line(const Terminal& terminal, const Sentence& sentence, Tone tone) {
  terminal.out << terminal.paint(visible(say(terminal.language, sentence)), tone) << "\n";
}

/// Where a finding about a seal is, and what it is.
std::string in_words(Language language, const evidence::SealFinding& finding) {
  return to_text(finding.fault) + ": seal " + std::to_string(finding.seal) +
         (finding.by.empty() ? "" : ", " + finding.by) + ": " + say_text(language, finding.sentence);
}

void print_seals(const Terminal& terminal, const evidence::SealVerification& seals) {
  for (const evidence::SealFinding& finding : seals.findings)
    print_line(terminal, {"{0}", {in_words(terminal.language, finding)}}, Tone::bad);
  if (seals.further > 0)
    print_line(terminal, {"and {0} further differences", {std::to_string(seals.further)}}, Tone::bad);
  const std::vector<std::string> counts = {std::to_string(seals.seals), std::to_string(seals.stamps),
                                           std::to_string(seals.cosignatures)};
  if (seals.good()) {
    print_line(terminal,
               {"The seals are right: {0}, with {1} time stamps and {2} cosignatures that hold.", counts},
               Tone::good);
  } else {
    print_line(terminal, {"The seals are NOT right; {1} time stamps and {2} cosignatures hold.", counts},
               Tone::bad);
  }
  if (seals.waiting > 0)
    print_line(terminal, {"Time stamps that are not given yet: {0}", {std::to_string(seals.waiting)}},
               Tone::faint);
  if (seals.unchecked > 0) {
    print_line(terminal,
               {"Stamps and cosignatures by others than the configuration names, not checked: {0}",
                {std::to_string(seals.unchecked)}},
               Tone::warn);
  }
}

void print_statements(const Terminal& terminal, const StatementVerification& statements) {
  for (const StatementFinding& finding : statements.findings) {
    const std::string where = to_text(finding.fault) + ": " + finding.date + ": ";
    print_line(terminal, {"{0}", {where + say_text(terminal.language, finding.sentence)}}, Tone::bad);
  }
  if (statements.further > 0)
    print_line(terminal, {"and {0} further differences", {std::to_string(statements.further)}}, Tone::bad);
  const std::vector<std::string> count = {std::to_string(statements.statements)};
  if (statements.good())
    print_line(terminal, {"The daily statements are right: {0}.", count}, Tone::good);
  else
    print_line(terminal, {"The daily statements are NOT right, of {0} that were made.", count}, Tone::bad);
}

void print_words(const Terminal& terminal, const evidence::LogVerification& verified) {
  const auto line = [&](const Sentence& sentence, Tone tone) { print_line(terminal, sentence, tone); };
  for (const evidence::LogFinding& finding : verified.findings.named())
    line({"{0}", {to_text(finding.fault) + ": " + say_text(terminal.language, finding.sentence)}}, Tone::bad);
  if (const std::uint64_t further = verified.findings.further(); further > 0)
    line({"and {0} further differences", {std::to_string(further)}}, Tone::bad);
  const std::string size = std::to_string(verified.size);
  if (verified.good()) {
    line({"The log is whole: journal, files and signed checkpoint agree in all {0} events.", {size}},
         Tone::good);
  } else {
    line({"The log is NOT whole; it was held against the signed checkpoint of {0} events.", {size}},
         Tone::bad);
  }
  if (verified.unpublished > 0)
    line({"Events that are not in it yet: {0}", {std::to_string(verified.unpublished)}}, Tone::faint);
}

/// No seals are right too.
Result<evidence::SealVerification> verify_seals(const EvidenceSettings& settings,
                                                const evidence::LogFiles& files,
                                                const evidence::VerifierKey& key) {
  auto roots = read_tsa_roots(settings);
  if (!roots) return roots.error();
  const auto policy = read_witness_policy(settings, key);
  if (!policy) return policy.error();
  auto seals = open_seals(settings, key);
  if (!seals) return seals.error();
  if (!*seals) return evidence::SealVerification{};
  std::vector<evidence::VerifierKey> witnesses;
  for (const evidence::TrustedWitness& witness : policy->witnesses()) witnesses.push_back(witness.key);
  return evidence::SealVerifier(**seals, files, std::move(*roots), std::move(witnesses)).verify();
}

}  // namespace

int run_log_verify(const Context& context, const LogVerifyArguments& arguments) {
  const Terminal& terminal = context.terminal;
  const EvidenceSettings& settings = context.configuration().evidence;
  const auto files = open_log_files(settings);
  if (!files) return terminal.fail(files.error());
  const auto key = verifier_key(settings, arguments.key);
  if (!key) return terminal.fail(key.error());
  auto heads = open_heads(settings);
  if (!heads) return terminal.fail(heads.error());
  auto leaves = open_leaves(context.configuration());
  if (!leaves) return terminal.fail(leaves.error());
  const auto count = leaves->count();
  if (!count) return terminal.fail(count.error());
  Progress progress(terminal, *count, "event");
  WatchedLeaves watched(*leaves, progress);
  auto log = evidence::LogVerifier(watched, *files, *heads ? &**heads : nullptr, *key).verify();
  progress.clear();
  if (!log) return terminal.fail(log.error());
  auto seals = verify_seals(settings, *files, *key);
  if (!seals) return terminal.fail(seals.error());
  auto statements = verify_statements(context.configuration(), *files, *key);
  if (!statements) return terminal.fail(statements.error());
  const Verified verified{std::move(*log), std::move(*seals), std::move(*statements)};
  if (arguments.json) {
    print_json(terminal, verified);
  } else {
    print_words(terminal, verified.log);
    print_seals(terminal, verified.seals);
    print_statements(terminal, verified.statements);
  }
  return verified.good() ? exit_ok : exit_wrong;
}

}  // namespace duenotice::app
