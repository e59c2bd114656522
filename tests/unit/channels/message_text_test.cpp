#include "channels/email/message_text.hpp"

#include <catch2/catch.hpp>

#include "channels/email/mime_message.hpp"

using namespace duenotice;
using namespace duenotice::channels;

namespace {

std::string composed(const std::string& subject, const std::string& text, const std::string& html) {
  Composition composition;
  composition.notice_id = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
  composition.revision = 1;
  composition.to_address = "wei@example.com";
  composition.made_at = *parse_instant("2026-01-02T03:04:05Z");
  composition.words = {.subject = subject, .text = text, .html = html};
  return compose_message(composition, {"Example Ltd", "notices@gw.example"})->content;
}

}  // namespace

TEST_CASE("What was composed is read back as its reader sees it") {
  const std::string long_chinese =
      "关于快猫星云用户服务协议条款变更以及由此产生的各项权利义务的通知，请务必在生效之前阅读全文";
  for (const std::string& subject :
       {std::string("Subject"), std::string("a b  c"), long_chinese, "Changes, " + long_chinese,
        std::string("Ends in words of another kind 条款") + std::string(70, 'x')}) {
    for (const std::string& text : {std::string("one\ntwo\n"), std::string(300, 'y') + "\n" + long_chinese}) {
      for (const std::string& html : {std::string(), std::string("<p>html</p>\n")}) {
        const auto read = message_text(composed(subject, text, html));
        REQUIRE(read);
        CHECK(read->text == text);
        CHECK(read->subject == subject);
      }
    }
  }
}

TEST_CASE("What is no message of ours has no words") {
  const std::string message = composed("Subject", "text\n", "");
  CHECK_FALSE(message_text(""));
  CHECK_FALSE(message_text("Subject: a\r\n\r\ntext"));
  CHECK_FALSE(message_text(message.substr(0, message.find("Subject"))));
  CHECK_FALSE(message_text(message.substr(0, message.size() - 4)));
}
