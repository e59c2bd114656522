#pragma once
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/digest.hpp"
#include "gateway/base/json.hpp"
#include "gateway/base/time.hpp"
#include "gateway/notice/channel.hpp"

namespace duenotice {

struct Recipient {
  std::string name;
  std::string locale;  ///< `zh-CN`, `en`; empty: the agreement's own language
  std::optional<std::string> email;
  std::optional<std::string> phone;  ///< E.164
  std::optional<std::string> user_id;
};

/// A notice request as a backend service published it, decoded and free of contradictions in itself. Whether
/// the agreement allows it is not known yet.
struct Request {
  std::string source;
  std::string id;
  std::string agreement;
  std::optional<std::string> agreement_version;
  std::string kind;
  std::string account_id;
  Recipient recipient;
  Json variables = Json::object();
  std::optional<CalendarDate> effective_date;
  std::optional<std::vector<Channel>> channels;
  std::optional<Instant> send_not_before;
  std::optional<std::string> reference;
  /// CloudEvents `time`: when the publisher says that it published. Empty for a plain request.
  std::optional<Instant> published_at;
  /// SHA-256 of the canonical JSON of the request (of an event: of its `data`), which with (`source`, `id`)
  /// is its identity.
  Digest digest;
  /// That canonical JSON.
  std::string canonical;
  /// What stands before a pointer into the request to make it a pointer into the body as published: empty for
  /// a plain request, `/data` for an event.
  std::string pointer_prefix;
};

}  // namespace duenotice
