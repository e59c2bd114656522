#include <fstream>
#include <sstream>

#include "gateway/agreement/lead_time.hpp"
#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/base/clock.hpp"
#include "gateway/base/file_system.hpp"
#include "templates/renderer.hpp"

namespace duenotice::app {

namespace {

/// What the words are made from: a whole request, an event around one, or its variables alone.
struct Draft {
  Json variables = Json::object();
  std::string recipient_name = "Preview";
  std::string locale;
  std::string account_id = "PREVIEW";
  std::optional<std::string> reference;
  std::optional<CalendarDate> effective_date;
};

Result<std::string> read_data(const Context& context, const std::string& file) {
  if (file != "-") return read_file(file, limits::body_bytes_ceiling);
  std::string text(limits::body_bytes_ceiling, '\0');
  context.in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(context.in.gcount()));
  return text;
}

std::optional<std::string> text_at(const Json& object, std::string_view key) {
  const Json* member = object.find(key);
  const std::string* text = member == nullptr ? nullptr : member->as_string();
  return text == nullptr ? std::nullopt : std::optional(*text);
}

Result<Draft> read_draft(const std::string& text) {
  const auto parsed = parse_json(text);
  if (!parsed) {
    return Error{ErrorKind::invalid,
                 "--data: " + parsed.error().message +
                     (parsed.error().pointer.empty() ? "" : " at " + parsed.error().pointer)};
  }
  const Json* event_data = parsed->find("specversion") == nullptr ? nullptr : parsed->find("data");
  const Json& body = event_data == nullptr ? *parsed : *event_data;
  if (body.as_object() == nullptr) return Error{ErrorKind::invalid, "--data must be a JSON object"};
  Draft draft;
  const Json* variables = body.find("variables");
  if (variables == nullptr || variables->as_object() == nullptr) {
    draft.variables = body;
    return draft;
  }
  draft.variables = *variables;
  if (const Json* recipient = body.find("recipient")) {
    draft.recipient_name = text_at(*recipient, "name").value_or(draft.recipient_name);
    draft.locale = text_at(*recipient, "locale").value_or("");
  }
  draft.account_id = text_at(body, "account_id").value_or(draft.account_id);
  draft.reference = text_at(body, "reference");
  if (const auto date = text_at(body, "effective_date")) {
    draft.effective_date = parse_date(*date);
    if (!draft.effective_date) return Error{ErrorKind::invalid, "--data: effective_date is no date"};
  }
  return draft;
}

/// The agreement and kind that were asked for, or what there is instead.
struct Subject {
  const Agreement* agreement;
  const Kind* kind;
};

Result<Subject> find_subject(const AgreementSet& agreements, const PreviewArguments& arguments, Instant now) {
  if (!agreements.knows(arguments.agreement)) {
    return Error{ErrorKind::not_found,
                 "there is no agreement " + arguments.agreement + "; `duenotice agreements show` lists them"};
  }
  const Agreement* agreement = arguments.version ? agreements.version(arguments.agreement, *arguments.version)
                                                 : agreements.in_force(arguments.agreement, now);
  if (agreement == nullptr) {
    return Error{ErrorKind::not_found,
                 "agreement " + arguments.agreement +
                     (arguments.version ? " has no version " + *arguments.version
                                        : " is not in force yet; name an --agreement-version")};
  }
  const auto kind = agreement->kinds.find(arguments.kind);
  if (kind == agreement->kinds.end()) {
    std::string names;
    for (const auto& [name, each] : agreement->kinds) names += (names.empty() ? "" : ", ") + name;
    return Error{ErrorKind::not_found,
                 "agreement " + agreement->id + " has no kind " + arguments.kind + "; it has: " + names};
  }
  return Subject{agreement, &kind->second};
}

Result<std::vector<Channel>> find_channels(const Kind& kind, const std::optional<std::string>& only) {
  std::vector<Channel> channels = kind.channels;
  channels.insert(channels.end(), kind.copies.begin(), kind.copies.end());
  if (!only) return channels;
  for (const Channel channel : channels) {
    if (to_text(channel) == *only) return std::vector{channel};
  }
  return Error{ErrorKind::not_found, "kind " + kind.name + " has no channel " + *only};
}

void print(const Terminal& terminal, Channel channel, const std::string& language,
           const templates::Words& words) {
  const auto heading = [&](const std::string& part) {
    terminal.out << terminal.paint("--- " + std::string(to_text(channel)) + " " + language + " " + part,
                                   Tone::faint)
                 << "\n";
  };
  heading("subject");
  terminal.out << words.subject << "\n";
  heading("text");
  terminal.out << words.text << (words.text.ends_with('\n') ? "" : "\n");
  if (words.html.empty()) return;
  heading("html");
  terminal.out << words.html << (words.html.ends_with('\n') ? "" : "\n");
}

int fail_rendering(const Terminal& terminal, const Rejection& rejection) {
  return terminal.fail({ErrorKind::invalid, std::string(to_text(rejection.code)) + " at " +
                                                (rejection.pointer.empty() ? "the body" : rejection.pointer) +
                                                ": " + rejection.message});
}

int render(const Terminal& terminal, const templates::Library& library, const Subject& subject,
           const Draft& draft, const std::string& language, const std::vector<Channel>& channels) {
  for (const Channel channel : channels) {
    const auto words = library.render({.agreement = *subject.agreement,
                                       .kind = *subject.kind,
                                       .language = language,
                                       .channel = channel,
                                       .recipient_name = draft.recipient_name,
                                       .account_id = draft.account_id,
                                       .reference = draft.reference,
                                       .effective_date = draft.effective_date,
                                       .variables = draft.variables});
    if (!words) return fail_rendering(terminal, words.error());
    print(terminal, channel, language, *words);
  }
  return exit_ok;
}

}  // namespace

int run_preview(const Context& context, const PreviewArguments& arguments) {
  const Terminal& terminal = context.terminal;
  const templates::Loaded loaded = templates::load_library(context.configuration().agreements.path);
  if (!loaded.library) {
    return terminal.fail(
        {ErrorKind::invalid, "the agreements have mistakes; `duenotice agreements check` lists them"});
  }
  const auto text = read_data(context, arguments.data);
  if (!text) return terminal.fail(text.error());
  auto draft = read_draft(*text);
  if (!draft) return terminal.fail(draft.error());
  const Instant now = SystemClock().now();
  const auto subject = find_subject(loaded.library->agreements(), arguments, now);
  if (!subject) return terminal.fail(subject.error());
  const auto& [agreement, kind] = *subject;
  const auto channels = find_channels(*kind, arguments.channel);
  if (!channels) return terminal.fail(channels.error());
  const std::string locale = arguments.locale.empty() ? draft->locale : arguments.locale;
  const auto language = agreement->language_for(locale);
  if (!language) {
    return terminal.fail(
        {ErrorKind::not_found, "agreement " + agreement->id + " has no texts for the locale " + locale});
  }
  if (kind->lead_days && !draft->effective_date) {
    draft->effective_date = earliest_effective_date(agreement->time_zone.date_of(now), *kind->lead_days);
    terminal.err << "no effective_date given: shown with " << to_text(*draft->effective_date)
                 << ", the earliest lawful one for a sending today\n";
  }
  return render(terminal, *loaded.library, *subject, *draft, *language, *channels);
}

}  // namespace duenotice::app
