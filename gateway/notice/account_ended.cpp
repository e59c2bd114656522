#include "gateway/notice/account_ended.hpp"

#include "gateway/base/json.hpp"
#include "gateway/notice/field_reader.hpp"
#include "gateway/notice/request_envelope.hpp"

namespace duenotice {
namespace {

Result<AccountEnded, Rejection> decode(const Json& document, std::string_view content_type) {
  const auto envelope = open_envelope(document, content_type, account_ended_type);
  if (!envelope) return envelope.error();
  // A request takes these from inside; here the event is all there is.
  FieldReader event(document, "", "an event");
  AccountEnded ended{.source = event.text("source", rules::identifier),
                     .id = event.text("id", rules::identifier)};
  if (event.fault()) return *event.fault();
  FieldReader data(*envelope->request, envelope->place, "the end of an account");
  data.only({"account_id", "ended_on"});
  ended.account = data.text("account_id", rules::identifier);
  const std::string on = data.text("ended_on", rules::date);
  if (data.fault()) return *data.fault();
  ended.on = *parse_date(on);
  ended.digest = sha256(canonical_json(*envelope->request));
  return ended;
}

}  // namespace

std::optional<Result<AccountEnded, Rejection>> decode_account_ended(std::string_view body,
                                                                    std::string_view content_type,
                                                                    std::size_t body_bytes) {
  // Nearly all messages are requests: they are not parsed twice.
  if (body.size() > body_bytes || body.find(account_ended_type) == std::string_view::npos)
    return std::nullopt;
  const auto document = parse_json(body);
  if (!document || !is_event(*document, content_type)) return std::nullopt;
  const Json* type = document->find("type");
  if (type == nullptr || type->as_string() == nullptr || *type->as_string() != account_ended_type)
    return std::nullopt;
  auto ended = decode(*document, content_type);
  if (ended) return ended;
  Rejection rejection = ended.error();
  rejection.pointer = quotable_pointer(rejection.pointer);
  return Result<AccountEnded, Rejection>(std::move(rejection));
}

}  // namespace duenotice
