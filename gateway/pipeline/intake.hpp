#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "gateway/base/clock.hpp"
#include "gateway/base/random.hpp"
#include "gateway/journal/transaction.hpp"
#include "gateway/notice/account_ended.hpp"
#include "gateway/notice/request_decoder.hpp"
#include "gateway/pipeline/message_maker.hpp"
#include "queue/queue.hpp"

/// Steps 2 to 4 of a notice's life: from a message's bytes to a notice that is ready to be accepted, or to
/// the reason why it is not. Pure but for the clock and the ids: nothing is stored here (see notice_life.hpp
/// for that).

namespace duenotice {

/// A notice that the agreement allows, with every byte of it made.
struct Draft {
  Notice notice;
  std::vector<Delivery> deliveries;
  std::vector<Rendering> renderings;
  std::string request_json;
  struct LeftOut {
    Channel channel;
    bool counts;
  };
  /// Channels that are not used, because the words do not fit into what they may send.
  std::vector<LeftOut> left_out;
  /// The date that was asked for, when the agreement moved it.
  std::optional<CalendarDate> moved_from;
};

/// A notice, the reason why it is none, or something else that a publisher reports.
using Verdict = std::variant<Draft, Rejection, AccountEnded>;

struct Judgement {
  /// Who the request says it is; empty when that could not be read. An identity that is claimed already
  /// decides before anything else does.
  struct Identity {
    std::string source;
    std::string id;
    Digest digest;
  };
  std::optional<Identity> identity;
  /// The number that the publisher gave to it, whatever the verdict.
  std::optional<RequestSequence> sequence{};
  /// For the record of a rejection: whose request it was, as far as it says so.
  PublishedIdentity published{};
  Verdict verdict;
};

/// Thread-safe.
class Intake {
 public:
  Intake(const MessageMaker& maker, const RequestSchema& schema, std::size_t max_body_bytes,
         const Clock& clock, Random& random)
      : maker_(maker), schema_(schema), max_body_bytes_(max_body_bytes), clock_(clock), random_(random) {}

  Judgement judge(const queue::Message& message) const;

  /// The row that keeps a rejected message.
  RejectedRequest rejected_row(const queue::Message& message, const Rejection& rejection,
                               const Judgement& judgement) const;

 private:
  /// Never the last of the three.
  Verdict draft(const Request& request) const;

  const MessageMaker& maker_;
  const RequestSchema& schema_;
  const std::size_t max_body_bytes_;
  const Clock& clock_;
  Random& random_;
};

}  // namespace duenotice
