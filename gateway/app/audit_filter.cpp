#include "gateway/app/audit_filter.hpp"

#include "gateway/app/option_words.hpp"
#include "gateway/notice/address.hpp"

namespace duenotice::app {

namespace {

/// An address of an unknown channel, in the form that fits what it looks like.
std::string shown_address(const std::string& address, bool unmasked) {
  if (unmasked) return address;
  return is_email(address)   ? mask_email(address)
         : is_phone(address) ? mask_phone(address)
                             : mask_user(address);
}

template <class Value>
Json text_or_null(const std::optional<Value>& value) {
  return value ? Json(to_text(*value)) : Json();
}

Json word_or_null(const std::optional<std::string>& word) { return word ? Json(*word) : Json(); }

void add_period(std::vector<Sentence>& parts, const AuditFilter& filter) {
  if (filter.from && filter.to) {
    parts.push_back({"with a legal date from {0} to {1}", {to_text(*filter.from), to_text(*filter.to)}});
  } else if (filter.from) {
    parts.push_back({"with a legal date from {0} on", {to_text(*filter.from)}});
  } else if (filter.to) {
    parts.push_back({"with a legal date up to {0}", {to_text(*filter.to)}});
  }
}

/// As it was copied from a page.
std::string without_blanks_around(const std::string& text) {
  const std::size_t first = text.find_first_not_of(' ');
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

}  // namespace

Result<AuditFilter> make_audit_filter(const AuditFilterArguments& arguments) {
  AuditFilter filter;
  filter.account = arguments.account;
  filter.address = arguments.address;
  filter.kind = arguments.kind;
  if (arguments.clause) filter.clause = without_blanks_around(*arguments.clause);
  filter.agreement = arguments.agreement;
  const auto from = date_option("--from", arguments.from);
  if (!from) return from.error();
  filter.from = *from;
  const auto to = date_option("--to", arguments.to);
  if (!to) return to.error();
  filter.to = *to;
  if (*from && *to && **from > **to) {
    return Error{ErrorKind::invalid, "--from " + *arguments.from + " lies behind --to " + *arguments.to +
                                         ", so nothing could match; swap them"};
  }
  const auto channel = channel_option("--channel", arguments.channel);
  if (!channel) return channel.error();
  filter.channel = *channel;
  const auto state = notice_state_option("--state", arguments.state);
  if (!state) return state.error();
  filter.state = *state;
  return filter;
}

std::string in_words(Language language, const AuditFilter& filter, bool unmasked) {
  if (filter.filters_nothing()) return std::string(say(language, std::string_view("all notices")));
  std::vector<Sentence> parts;
  if (filter.account) parts.push_back({"of account {0}", {*filter.account}});
  if (filter.address) parts.push_back({"to the address {0}", {shown_address(*filter.address, unmasked)}});
  add_period(parts, filter);
  if (filter.kind) parts.push_back({"of kind {0}", {*filter.kind}});
  if (filter.clause) parts.push_back({"under clause {0}", {*filter.clause}});
  if (filter.agreement) parts.push_back({"of agreement {0}", {*filter.agreement}});
  if (filter.channel) parts.push_back({"with a delivery on {0}", {std::string(to_text(*filter.channel))}});
  if (filter.state) parts.push_back({"in state {0}", {std::string(say(language, to_text(*filter.state)))}});
  std::string words(say(language, std::string_view("notices")));
  const char* between = language == Language::chinese ? "：" : " ";
  for (const Sentence& part : parts) {
    words += between + say(language, part);
    between = language == Language::chinese ? "，" : ", ";
  }
  return words;
}

Json audit_filter_json(const AuditFilter& filter, bool unmasked) {
  Json json = Json::object();
  json["account_id"] = word_or_null(filter.account);
  json["address"] = filter.address ? Json(shown_address(*filter.address, unmasked)) : Json();
  json["legal_date_from"] = text_or_null(filter.from);
  json["legal_date_to"] = text_or_null(filter.to);
  json["kind"] = word_or_null(filter.kind);
  json["clause"] = word_or_null(filter.clause);
  json["agreement"] = word_or_null(filter.agreement);
  json["channel"] = text_or_null(filter.channel);
  json["state"] = text_or_null(filter.state);
  return json;
}

}  // namespace duenotice::app
