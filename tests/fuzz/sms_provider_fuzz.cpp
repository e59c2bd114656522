#include <algorithm>
#include <cstdint>

#include "channels/sms/provider_description.hpp"
#include "gateway/base/assert.hpp"
#include "gateway/base/utf8.hpp"

/// Any file that describes a provider, and any answer of one. Two bytes are the answer's status, then comes
/// the file, a NUL, and the answer's body.

using namespace duenotice;
using namespace duenotice::channels;

namespace {

/// Each value holds what would end its place if it were not encoded.
const ProviderValues values{.to = "+8613800138000",
                            .to_digits = "8613800138000",
                            .text = "\"}&to=+1\r\nX: y{secret}\xe5\xa5\xbd",
                            .id = "N.1",
                            .sender = "10 69",
                            .username = "a/b?c",
                            .secret = "s\"3"};

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
}

void check_mistakes(const std::vector<Mistake>& mistakes) {
  DN_ASSERT(!mistakes.empty());
  for (const Mistake& mistake : mistakes) DN_ASSERT(mistake.line >= 0 && !mistake.message.empty());
}

void check_request(const ProviderDescription& provider) {
  const HttpRequest request = provider_request(provider, values);
  DN_ASSERT(request.method == "GET" || request.method == "POST" || request.method == "PUT");
  DN_ASSERT(request.url.starts_with("https://") || request.url.starts_with("http://127.0.0.1:"));
  DN_ASSERT(!has_control(request.url) && request.url.find_first_of(" #") == std::string::npos);
  // No url of a file can hold these, so here they would have come from a place, not encoded.
  for (const std::string& value : {values.text, values.sender, values.username})
    DN_ASSERT(request.url.find(value) == std::string::npos);
  for (const std::string& header : request.headers) DN_ASSERT(!has_control(header));
  if (!provider.json) return;
  const auto body = parse_json(request.body);
  DN_ASSERT(body.ok() && body->as_object()->size() == provider.json->as_object()->size());
}

void check_report(const ProviderDescription& provider, int status, std::string_view body) {
  const OutcomeReport report = provider_report_of(
      provider, {.end = HttpEnd::answered, .handed_out = true, .status = status, .body = std::string(body)});
  DN_ASSERT(!report.code.empty() && report.code.size() <= 64 && !has_control(report.code));
  DN_ASSERT(report.code.find('@') == std::string::npos);
  DN_ASSERT(report.outcome != Outcome::sent || (status / 100 == 2 && !report.provider_id.empty()));
  DN_ASSERT(report.outcome != Outcome::relayed && report.outcome != Outcome::not_started);
  DN_ASSERT(!report.provider_fault || report.outcome == Outcome::transient_failure);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const int status = 200 + (data[0] * 100 + data[1] + 200) % 400;
  const std::string_view rest(reinterpret_cast<const char*>(data) + 2, size - 2);
  const std::size_t nul = std::min(rest.find('\0'), rest.size());
  const auto provider = read_provider_description("provider.toml", rest.substr(0, nul));
  if (!provider) {
    check_mistakes(provider.error());
    return 0;
  }
  check_request(*provider);
  check_report(*provider, status, rest.substr(std::min(nul + 1, rest.size())));
  return 0;
}
