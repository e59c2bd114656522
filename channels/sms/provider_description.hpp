#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "channels/http_client.hpp"
#include "gateway/base/findings.hpp"
#include "gateway/base/json.hpp"
#include "gateway/base/result.hpp"

/// An outside provider of SMS that speaks HTTP, as its file describes it (channels/sms/README.md has every
/// key, example-provider.toml is one). Values; any thread.

namespace duenotice::channels {

/// A text with places such as `{to}`; which there are, and what each stands for, is `ProviderValues`.
using PlaceText = std::string;

/// What the places of a request stand for.
struct ProviderValues {
  std::string to;         ///< `{to}`: +8613800138000
  std::string to_digits;  ///< `{to_digits}`: 8613800138000
  std::string text;       ///< `{text}`
  std::string id;         ///< `{id}`: notice, revision; the same for a resend, so that the provider can tell
  std::string sender;     ///< `{sender}`
  std::string username;   ///< `{username}`
  std::string secret;     ///< `{secret}`: the password, which never stands in the file
};

/// Which values a text or a number of the answer may have.
struct Expected {
  std::vector<std::string> values;
  bool prefix = false;  ///< begins with one of them
};

/// Where something stands in an answer: at an RFC 6901 pointer of its JSON body, or in a header (lower case).
struct AnswerPlace {
  std::string pointer;
  std::string header;
};

/// What an answer means when all that it names is so.
struct ReplyRule {
  std::vector<std::pair<int, int>> statuses;  ///< each from … to; empty: any
  std::vector<std::pair<AnswerPlace, Expected>> conditions;
  Outcome means = Outcome::unknown;  ///< sent, transient_failure or permanent_failure
  std::optional<bool> provider_fault;
};

struct ProviderDescription {
  std::string name;
  std::string method;
  PlaceText url;
  bool basic_login = false;
  std::vector<std::pair<std::string, PlaceText>> headers;
  std::vector<std::pair<std::string, PlaceText>> query;
  std::vector<std::pair<std::string, PlaceText>> form;
  std::optional<Json> json;  ///< its texts have places
  AnswerPlace message_id;
  std::optional<AnswerPlace> code;
  std::vector<ReplyRule> replies;
  bool needs_secret = false;
  bool needs_sender = false;
};

/// Reads such a file's content; `file` is only named. Every mistake has its line and says what to write.
/// A request is made of values put into places of their own, each encoded for its place, so that no text of
/// a notice can become another parameter, header or member.
Result<ProviderDescription, std::vector<Mistake>> read_provider_description(const std::filesystem::path& file,
                                                                            std::string_view content);

/// The request for one message. The values must not hold line ends where a header has a place for them.
HttpRequest provider_request(const ProviderDescription& provider, const ProviderValues& values);

/// What the end of an exchange means: the first rule that matches; without one, unknown. An acceptance
/// without the provider's id of the message is unknown too, for the id is its proof.
OutcomeReport provider_report_of(const ProviderDescription& provider, const HttpFacts& facts);

}  // namespace duenotice::channels
