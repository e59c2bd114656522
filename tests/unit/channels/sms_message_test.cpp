#include "channels/sms/sms_message.hpp"

#include <catch2/catch.hpp>

using namespace duenotice;
using namespace duenotice::channels;
using Catch::Contains;

namespace {

Composition composition(const std::string& text, const std::string& to = "+8613800138000") {
  return {.words = {.subject = "", .text = text, .html = ""},
          .notice_id = "01ARZ3NDEKTSV4RRFFQ69G5FAV",
          .revision = 1,
          .to_name = "张伟",
          .to_address = to,
          .language = "zh-CN",
          .made_at = {}};
}

std::string content_of(const std::string& text) {
  const auto composed = compose_sms(composition(text), 10);
  REQUIRE(composed.ok());
  CHECK(composed->message_id.empty());
  return composed->content;
}

std::string refusal_of(const Composition& wrong, int max_segments = 10,
                       Unfit::Part part = Unfit::Part::words) {
  const auto composed = compose_sms(wrong, max_segments);
  REQUIRE_FALSE(composed.ok());
  CHECK(composed.error().part == part);
  return composed.error().message;
}

}  // namespace

TEST_CASE("the content of an SMS is its text, without the line ends around it") {
  CHECK(content_of("【示例公司】您好\n") == "【示例公司】您好");
  CHECK(content_of("\n\nfirst\r\nsecond \n\n") == "first\nsecond");
  CHECK(content_of("  two spaces before") == "  two spaces before");
}

TEST_CASE("more segments than allowed are refused in words that help") {
  const std::string text(161, 'x');
  CHECK(compose_sms(composition(text), 2).ok());
  CHECK_THAT(refusal_of(composition(text), 1, Unfit::Part::length), Contains("161 characters") &&
                                                                        Contains("2 segments in GSM-7") &&
                                                                        Contains("max_segments allows 1"));
  std::string chinese;
  for (int i = 0; i < 671; ++i) chinese += "好";
  CHECK_THAT(refusal_of(composition(chinese), 10, Unfit::Part::length),
             Contains("671 characters") && Contains("11 segments in UCS-2"));
}

TEST_CASE("what cannot be an SMS is refused") {
  for (const char* to : {"", "13800138000", "+86 138", "a@b.example", "+8613800138000,+8613800138001"}) {
    INFO(to);
    const std::string message = refusal_of(composition("text", to), 10, Unfit::Part::recipient);
    CHECK_THAT(message, Contains("phone number"));
    CHECK_THAT(message, !Contains("138001380001"));
  }
  CHECK_THAT(refusal_of(composition(" \n \n")), Contains("no text"));
  for (const char* text : {"a\tb", "a\x01", "a\x7f", "a\rb", "a\xc2\x85", "a\xe2\x80\xa8"}) {
    CHECK_THAT(refusal_of(composition(text)), Contains("control character"));
  }
  CHECK_THAT(refusal_of(composition("\xff")), Contains("UTF-8"));
}
