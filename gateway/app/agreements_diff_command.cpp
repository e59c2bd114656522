#include "gateway/app/agreement_diff.hpp"
#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/table.hpp"
#include "gateway/base/words.hpp"
#include "gateway/notice/masked_text.hpp"

namespace duenotice::app {

namespace {

constexpr std::size_t key_width = 24;

/// `ID@VERSION` below the configured folder, or the folder that was named.
std::filesystem::path folder_of(const Context& context, const std::string& name) {
  const std::size_t at = name.find('@');
  if (at == std::string::npos || name.find('/') != std::string::npos) return name;
  return context.configuration().agreements.path / name.substr(0, at) / name.substr(at + 1);
}

/// The version, or nothing after what is wrong was printed; then `code` is how the command ends. Like diff, 1
/// would say that there is a difference.
std::optional<templates::AgreementVersion> load(const Context& context, const std::string& name, int& code) {
  const Terminal& terminal = context.terminal;
  const auto folder = folder_of(context, name);
  if (std::error_code ignored; !std::filesystem::is_directory(folder, ignored)) {
    code = terminal.fail({ErrorKind::not_found, "there is no version " + name +
                                                    "; name ID@VERSION, which `duenotice agreements show` "
                                                    "lists, or the folder of a version"});
    return std::nullopt;
  }
  templates::LoadedVersion loaded = templates::load_version(folder);
  for (const templates::Mistake& mistake : loaded.mistakes) {
    const std::string line = mistake.line > 0 ? ":" + std::to_string(mistake.line) : "";
    const std::string what = say_text(terminal.language, mistake.message);
    terminal.err << masked_text(visible(mistake.file.string() + line + ": " + what)) << "\n";
  }
  code = exit_usage;
  return std::move(loaded.version);
}

/// Lists with commas, texts as they are; what is not there as a dash.
std::string in_words(const Json& value) {
  if (value.is_null()) return "-";
  if (const std::string* text = value.as_string()) return *text;
  if (const bool* flag = value.as_bool()) return *flag ? "true" : "false";
  if (const auto* number = value.as_integer()) return std::to_string(*number);
  std::vector<std::string> words;
  for (const Json& element : *value.as_array()) words.push_back(in_words(element));
  return words.empty() ? "-" : joined(words);
}

void print_keys(const Terminal& terminal, const std::vector<KeyChange>& keys) {
  for (const KeyChange& key : keys) {
    terminal.out << "  " << terminal.paint(key.key, Tone::faint) << padding(key.key, key_width) << " "
                 << visible(in_words(key.before)) << " → " << visible(in_words(key.after)) << "\n";
  }
}

Tone tone_of(ChangeKind change) {
  if (change == ChangeKind::added) return Tone::good;
  return change == ChangeKind::removed ? Tone::bad : Tone::plain;
}

void print_heading(const Terminal& terminal, std::string_view name, ChangeKind change) {
  terminal.out << terminal.paint(name, Tone::strong);
  if (change != ChangeKind::changed) {
    terminal.out << "  " << terminal.paint(terminal.say(to_text(change)), tone_of(change));
  }
  terminal.out << "\n";
}

void print_text(const Terminal& terminal, const TextChange& text) {
  std::string_view rest = text.diff;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    Tone tone = Tone::plain;
    if (line.starts_with('+')) tone = Tone::good;
    if (line.starts_with('-')) tone = Tone::bad;
    if (line.starts_with("@@") || line.starts_with("+++ ") || line.starts_with("--- ")) tone = Tone::faint;
    terminal.out << terminal.paint(visible(line), tone) << "\n";
  }
}

std::string name_of(const Agreement& agreement) { return agreement.id + "@" + agreement.version; }

void print_diff(const Terminal& terminal, const AgreementDiff& diff) {
  if (!diff.agreement.empty()) {
    print_heading(terminal, terminal.say("agreement"), ChangeKind::changed);
    print_keys(terminal, diff.agreement);
  }
  for (const KindChange& kind : diff.kinds) {
    print_heading(terminal, kind.kind, kind.change);
    print_keys(terminal, kind.keys);
  }
  for (const TextChange& text : diff.texts) print_text(terminal, text);
}

}  // namespace

int run_agreements_diff(const Context& context, const AgreementsDiffArguments& arguments) {
  const Terminal& terminal = context.terminal;
  int code = exit_usage;
  const auto before = load(context, arguments.before, code);
  if (!before) return code;
  const auto after = load(context, arguments.after, code);
  if (!after) return code;
  const AgreementDiff diff = compare(*before, *after);
  if (arguments.json) {
    terminal.out << pretty_json(diff_json(*before, *after, diff)) << "\n";
  } else {
    terminal.out << terminal.paint(name_of(before->agreement) + " → " + name_of(after->agreement),
                                   Tone::strong)
                 << "\n";
    if (diff.same()) terminal.out << terminal.say("They say the same.") << "\n";
    print_diff(terminal, diff);
  }
  return diff.same() ? exit_ok : exit_wrong;
}

}  // namespace duenotice::app
