#include <algorithm>

#include "gateway/app/agreement_reload.hpp"
#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/preview_messages.hpp"
#include "gateway/base/file_system.hpp"

namespace duenotice::app {

namespace {

Result<std::string> read_data(const Context& context, const std::string& file) {
  if (file != "-") {
    auto content = read_file(file, limits::body_bytes_ceiling);
    if (content) return content;
    return Error{content.error().kind,
                 content.error().message + "; name a JSON file in --data, or - for stdin"};
  }
  std::string text(limits::body_bytes_ceiling, '\0');
  context.in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(context.in.gcount()));
  return text;
}

/// What the headline is called on this channel; an SMS has none.
std::string headline(Channel channel) { return channel == Channel::in_site ? "title" : "subject"; }

/// Leaves only the messages of one channel.
Status narrow(Preview& preview, const std::string& channel) {
  const auto other = [&](const PreviewMessage& message) { return to_text(message.channel) != channel; };
  std::erase_if(preview.messages, other);
  if (!preview.messages.empty()) return Done{};
  const auto has = [&](const std::vector<Channel>& channels) {
    return std::any_of(channels.begin(), channels.end(),
                       [&](Channel each) { return to_text(each) == channel; });
  };
  if (!has(preview.kind->channels) && !has(preview.kind->copies)) {
    return Error{ErrorKind::not_found, "kind " + preview.kind->name + " has no channel " + channel +
                                           "; `duenotice agreements show` lists its channels"};
  }
  return Error{ErrorKind::not_found,
               "the request makes no message for " + channel +
                   ": its recipient has no address for it, or its `channels` leave it out"};
}

/// The lines of a message are lines here too; everything else in it is made visible.
void print_lines(std::ostream& out, std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    out << visible(line) << "\n";
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
}

void print_message(const Terminal& terminal, const std::string& language, const PreviewMessage& message) {
  const auto part = [&](const std::string& name, const std::string& text) {
    terminal.out << terminal.paint(
                        "--- " + std::string(to_text(message.channel)) + " " + language + " " + name,
                        Tone::faint)
                 << "\n";
    print_lines(terminal.out, text);
  };
  part("to", message.address);
  if (message.sms) {
    part("text (" + std::string(to_text(message.sms->encoding)) +
             ", segments: " + std::to_string(message.sms->segments) + ")",
         message.content);
    return;
  }
  part(headline(message.channel), message.words.subject);
  part("text", message.words.text);
  if (!message.words.html.empty()) part("html", message.words.html);
}

Json preview_json(const Preview& preview) {
  Json json = Json::object();
  json["agreement"] = preview.agreement->id;
  json["agreement_version"] = preview.agreement->version;
  json["kind"] = preview.kind->name;
  json["clause"] = preview.kind->clause;
  json["language"] = preview.language;
  json["effective_date"] = preview.effective_date ? Json(to_text(*preview.effective_date)) : Json();
  json["must_be_sent_by"] = preview.must_be_sent_by ? Json(to_text(*preview.must_be_sent_by)) : Json();
  json["calendar"] = preview.calendar;
  json["warnings"] = Json::array();
  for (const PreviewWarning& warning : preview.warnings) {
    json["warnings"].push_back(
        Json::Object{{"code", warning.code}, {"message", as_utf8(say(Language::english, warning.message))}});
  }
  json["messages"] = Json::array();
  for (const PreviewMessage& message : preview.messages) {
    const std::string& html = message.words.html;
    const auto& sms = message.sms;
    Json each = Json::Object{{"channel", to_text(message.channel)},
                             {"counts", message.counts},
                             {"to", message.address},
                             {"text", message.words.text},
                             {"html", html.empty() ? Json() : Json(html)},
                             {"encoding", sms ? Json(to_text(sms->encoding)) : Json()},
                             {"segments", sms ? Json(sms->segments) : Json()},
                             {"content", as_utf8(message.content)},
                             {"content_sha256", sha256(message.content).hex()}};
    if (!sms) each[headline(message.channel)] = message.words.subject;
    json["messages"].push_back(std::move(each));
  }
  return json;
}

void print_warnings(const Terminal& terminal, const Preview& preview) {
  for (const PreviewWarning& warning : preview.warnings) {
    terminal.err << "duenotice: " << terminal.say("warning") << ": "
                 << visible(say(terminal.language, warning.message)) << "\n";
  }
}

/// By when it would have to be sent, and what that was counted with.
void print_dates(const Terminal& terminal, const Preview& preview) {
  if (!preview.must_be_sent_by) return;
  terminal.err << terminal.say("must be sent by") << " " << to_text(*preview.must_be_sent_by) << "; "
               << terminal.say("calendar") << " "
               << visible(preview.calendar == "none" ? terminal.say("none: rest days were not counted")
                                                     : std::string_view(preview.calendar))
               << "\n";
}

int print(const Terminal& terminal, const Preview& preview, const PreviewArguments& arguments) {
  if (arguments.json) {
    terminal.out << pretty_json(preview_json(preview)) << "\n";
    return exit_ok;
  }
  print_warnings(terminal, preview);
  if (arguments.raw) {
    const std::string& content = preview.messages.front().content;
    terminal.out << content;
    terminal.err << "sha256 " << sha256(content).hex() << "\n";
    return exit_ok;
  }
  print_dates(terminal, preview);
  for (const PreviewMessage& message : preview.messages) print_message(terminal, preview.language, message);
  terminal.err << terminal.say(
                      "The exact bytes: --raw CHANNEL (an email's Message-ID and Date are made when "
                      "the notice is accepted)")
               << "\n";
  return exit_ok;
}

}  // namespace

int run_preview(const Context& context, const PreviewArguments& arguments) {
  const Terminal& terminal = context.terminal;
  const Configuration& configuration = context.configuration();
  const templates::Loaded loaded =
      templates::load_library(configuration.agreements.path, configuration.calendar.file);
  if (!loaded.library) {
    return terminal.fail(
        {ErrorKind::invalid, mistakes_in_words(loaded.mistakes, configuration.calendar.file)});
  }
  const auto text = read_data(context, arguments.data);
  if (!text) return terminal.fail(text.error());
  auto data = PreviewData::read(*text, arguments);
  if (!data) return terminal.fail(data.error());
  auto preview = make_preview(loaded.library, configuration, arguments, std::move(*data), SystemClock());
  if (!preview) return terminal.fail(preview.error());
  const auto& only = arguments.raw ? arguments.raw : arguments.channel;
  if (only) {
    if (const Status narrowed = narrow(*preview, *only); !narrowed) return terminal.fail(narrowed.error());
  }
  return print(terminal, *preview, arguments);
}

}  // namespace duenotice::app
