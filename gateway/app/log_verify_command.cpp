#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/log_parts.hpp"
#include "gateway/app/progress.hpp"
#include "gateway/base/json.hpp"
#include "gateway/evidence/log_verifier.hpp"

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

void print_json(const Terminal& terminal, const evidence::LogVerification& verified) {
  Json findings = Json::array();
  for (const evidence::LogFinding& finding : verified.findings.named())
    findings.push_back(finding_json(finding));
  const Json json = Json::Object{{"good", verified.good()},
                                 {"size", static_cast<std::int64_t>(verified.size)},
                                 {"unpublished", static_cast<std::int64_t>(verified.unpublished)},
                                 {"findings", std::move(findings)},
                                 {"further", static_cast<std::int64_t>(verified.findings.further())}};
  terminal.out << pretty_json(json) << "\n";
}

void print_words(const Terminal& terminal, const evidence::LogVerification& verified) {
  const auto line = [&](const Sentence& sentence, Tone tone) {
    terminal.out << terminal.paint(visible(say(terminal.language, sentence)), tone) << "\n";
  };
  for (const evidence::LogFinding& finding : verified.findings.named())
    line({"{0}", {to_text(finding.fault) + ": " + finding.sentence}}, Tone::bad);
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
  const auto verified = evidence::LogVerifier(watched, *files, *heads ? &**heads : nullptr, *key).verify();
  progress.clear();
  if (!verified) return terminal.fail(verified.error());
  if (arguments.json) {
    print_json(terminal, *verified);
  } else {
    print_words(terminal, *verified);
  }
  return verified->good() ? exit_ok : exit_wrong;
}

}  // namespace duenotice::app
