#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/json.hpp"
#include "gateway/base/time.hpp"
#include "gateway/notice/channel.hpp"

/// Reading an operator's order: every mistake is an `invalid` error that names the member.

namespace duenotice {

class OrderFields {
 public:
  explicit OrderFields(const Json& order) : order_(order) {}

  /// A text that must be there and not be blank; at most limits::order_text_bytes.
  std::string text(std::string_view member);
  /// The same, or empty when it is not there.
  std::string optional_text(std::string_view member);
  std::optional<Channel> channel(std::string_view member);
  std::optional<Instant> instant(std::string_view member);
  std::optional<CalendarDate> date(std::string_view member);
  /// From base64, as one text or, because a text of JSON is bounded, as a list of its pieces.
  std::optional<std::string> bytes(std::string_view member);
  int number(std::string_view member, int most);  ///< 0 when it is not there
  bool flag(std::string_view member);             ///< false when it is not there

  /// The first mistake of all that was read.
  const std::optional<Error>& mistake() const { return mistake_; }
  void wrong(std::string_view member, std::string_view what);

 private:
  const Json& order_;
  std::optional<Error> mistake_;
};

}  // namespace duenotice
