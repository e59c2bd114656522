#pragma once
#include <optional>
#include <string>

#include "gateway/base/time.hpp"
#include "gateway/notice/channel.hpp"
#include "gateway/notice/notice.hpp"

namespace duenotice {

/// What a person decided about a notice, a rejection or many notices.
struct Act {
  std::int64_t number = 0;
  std::string id;  ///< ULID; events name it
  Instant at;
  std::string what;  ///< a stable word: `cancel`, `retry`, `replay`, `resolve_resend`, …
  std::string operator_name;
  std::string reason;
  std::optional<NoticeNumber> notice;
  SubjectNumber subject = gateway_subject;  ///< whom it is about; of a notice's act: the notice's
  bool erased = false;                      ///< who it is about was erased: its texts are empty
  std::optional<Channel> channel;
  std::string statement;                  ///< what the provider confirmed; empty elsewhere
  std::string evidence_name;              ///< the file that proves it; empty without one
  std::string evidence;                   ///< its bytes
  std::optional<Digest> evidence_digest;  ///< of those; set when it is read
};

}  // namespace duenotice
