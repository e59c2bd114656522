#include <fstream>

#include "gateway/app/bundle_texts.hpp"
#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/base/file_system.hpp"
#include "gateway/base/json.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/evidence/bundle_check.hpp"
#include "gateway/evidence/signed_export.hpp"

namespace duenotice::app {

namespace {

using evidence::Check;
using evidence::CheckState;

/// Reads the file once, in pieces: it may be of any length.
Result<evidence::ExportedBytes> measure(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return file_error("open", path);
  Sha256 digest;
  evidence::ExportedBytes measured;
  std::string piece(limits::export_piece_bytes, '\0');
  while (stream.read(piece.data(), static_cast<std::streamsize>(piece.size())), stream.gcount() > 0) {
    const auto length = static_cast<std::size_t>(stream.gcount());
    digest.add(std::string_view(piece).substr(0, length));
    measured.bytes += static_cast<std::int64_t>(length);
  }
  if (stream.bad()) return file_error("read", path);
  measured.digest = digest.digest();
  return measured;
}

void print_json(const Terminal& terminal, const evidence::CheckReport& report) {
  Json checks = Json::array();
  for (const Check& check : report.checks) {
    checks.push_back(
        Json::Object{{"check", check.name},
                     {"result", to_text(check.state)},
                     {"sentence", as_utf8(say(Language::english, Sentence(check.sentence, check.values)))}});
  }
  terminal.out << pretty_json(Json::Object{{"good", report.good()}, {"checks", std::move(checks)}}) << "\n";
}

void print_words(const Terminal& terminal, const evidence::CheckReport& report) {
  for (const Check& check : report.checks) {
    const bool failed = check.state == CheckState::fail, passed = check.state == CheckState::pass;
    const std::string mark(terminal.say(failed ? "FAIL" : passed ? "pass" : "not checked"));
    terminal.out << terminal.paint(mark, failed   ? Tone::bad
                                         : passed ? Tone::good
                                                  : Tone::warn)
                 << "  " << visible(say(terminal.language, Sentence(check.sentence, check.values))) << "\n";
  }
  terminal.out << terminal.paint(terminal.say(report.good() ? "Nothing failed. What is marked as not checked "
                                                              "nobody has checked."
                                                            : "Do not rely on it: a check failed."),
                                 report.good() ? Tone::strong : Tone::bad)
               << "\n";
}

int conclude(const Terminal& terminal, const evidence::CheckReport& report, bool json) {
  if (json)
    print_json(terminal, report);
  else
    print_words(terminal, report);
  return report.good() ? exit_ok : exit_wrong;
}

}  // namespace

int run_verify(const Context& context, const VerifyArguments& arguments) {
  const Terminal& terminal = context.terminal;
  if (arguments.script) {
    terminal.out << bundle_texts().at("verify.sh");
    return exit_ok;
  }
  if (!arguments.trust) {
    terminal.complain(terminal.say("name the keys that you believe with --trust FILE"));
    return exit_usage;
  }
  const auto trust = evidence::TrustFile::read(*arguments.trust);
  if (!trust) {
    terminal.fail(trust.error());
    return exit_code(trust.error().kind) == exit_wrong ? exit_usage : exit_code(trust.error().kind);
  }
  if (arguments.bundle) {
    const auto archive = read_file(*arguments.bundle, limits::bundle_bytes);
    if (!archive) return terminal.fail(archive.error());
    return conclude(terminal, evidence::check_bundle(*archive, *trust, bundle_texts()), arguments.json);
  }
  if (!arguments.exported) {
    terminal.complain(terminal.say("name the BUNDLE to check, or an export with --export"));
    return exit_usage;
  }
  const auto manifest = arguments.manifest.value_or(arguments.exported->string() + ".manifest.note");
  const auto note = read_file(manifest, limits::note_bytes);
  if (!note) return terminal.fail(note.error());
  const auto file = measure(*arguments.exported);
  if (!file) return terminal.fail(file.error());
  return conclude(terminal, evidence::check_export(*note, *file, *trust), arguments.json);
}

}  // namespace duenotice::app
