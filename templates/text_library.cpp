#include "templates/text_library.hpp"

#include <algorithm>

#include "templates/text_file.hpp"
#include "templates/variables.hpp"
#include "templates/wording.hpp"

namespace duenotice::templates {
namespace {

/// What the texts need beside the variables and may not be missing when a notice is rendered.
std::optional<Rejection> input_fault(const RenderInput& input) {
  if (input.account_id.empty()) {
    return Rejection{RejectionCode::missing_field, "/account_id", "'account_id' must not be empty."};
  }
  if (input.kind.needs_effective_date && !input.effective_date) {
    return Rejection{RejectionCode::effective_date_missing, "/effective_date",
                     "The kind '" + input.kind.name + "' needs an 'effective_date'."};
  }
  return std::nullopt;
}

Values values_of(const RenderInput& input) {
  const Agreement& agreement = input.agreement;
  const auto in_language = [&](const auto& by_language) { return by_language.find(input.language)->second; };
  Values values;
  // A request need not name the recipient; the agreement says how it calls the other party.
  values["recipient_name"] =
      input.recipient_name.empty() ? in_language(agreement.user) : input.recipient_name;
  values["account_id"] = input.account_id;
  if (input.effective_date) {
    values["effective_date"] = date_in_words(*input.effective_date, input.language, agreement.time_zone);
  } else if (!agreement.effective_on_sending.empty()) {
    values["effective_date"] = in_language(agreement.effective_on_sending);
  }
  values["agreement_title"] = in_language(agreement.title);
  values["agreement_version"] = agreement.version;
  values["clause"] = input.kind.clause;
  values["notice_clause"] = agreement.notice_clause;
  values["provider"] = in_language(agreement.provider);
  values["user"] = in_language(agreement.user);
  values["contact"] = in_language(agreement.contact);
  if (input.channel == Channel::sms) values["sms_signature"] = in_language(agreement.sms_signature);
  if (input.reference && !input.reference->empty()) values["reference"] = *input.reference;
  for (const auto& [name, type] : input.kind.variables) {
    values[name] =
        value_in_words(input.kind, name, *input.variables.find(name), input.language, agreement.time_zone);
  }
  return values;
}

/// A headline and an SMS are one line, whatever stands in their values.
std::string one_line(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return c == '\r' || c == '\n' || c == '\t'; }, ' ');
  return text;
}

}  // namespace

std::string text_key(const Agreement& agreement, const Kind& kind, Channel channel,
                     std::string_view language) {
  return agreement.id + "/" + agreement.version + "/" + text_file_name(kind.name, channel, language);
}

Result<Words, Rejection> TextLibrary::render(const RenderInput& input) const {
  const auto& languages = input.agreement.languages;
  if (std::ranges::find(languages, input.language) == languages.end()) {
    return Rejection{RejectionCode::unsupported_locale, "/recipient/locale",
                     "The agreement '" + input.agreement.id + "' has no texts in this language."};
  }
  const auto found = texts_.find(text_key(input.agreement, input.kind, input.channel, input.language));
  if (found == texts_.end()) {
    return Rejection{RejectionCode::channel_not_allowed, "/channels",
                     "The kind '" + input.kind.name + "' does not use the channel '" +
                         std::string(to_text(input.channel)) + "'."};
  }
  if (auto fault = input_fault(input)) return std::move(*fault);
  if (auto fault = variables_fault(input.kind, input.variables)) return std::move(*fault);
  const Values values = values_of(input);
  const Text& text = found->second;
  Words words;
  if (text.subject) words.subject = one_line(engine_->expand(*text.subject, values));
  words.text = engine_->expand(text.text, values);
  if (input.channel == Channel::sms) words.text = one_line(std::move(words.text));
  if (text.html) words.html = engine_->expand(*text.html, values);
  words.template_digest = text.digest;
  return words;
}

std::optional<Rejection> TextLibrary::check_variables(const Kind& kind, const Json& variables) const {
  return variables_fault(kind, variables);
}

}  // namespace duenotice::templates
