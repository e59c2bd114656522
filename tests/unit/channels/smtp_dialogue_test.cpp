#include "channels/email/smtp_dialogue.hpp"

#include <catch2/catch.hpp>

#include "gateway/base/limits.hpp"

using namespace duenotice;
using namespace duenotice::channels;

namespace {

SmtpDialogue in_session() {
  SmtpDialogue dialogue;
  dialogue.begin();
  dialogue.connecting();
  dialogue.connected();
  dialogue.read_line("220 hello\r\n");
  dialogue.read_line("250-server\r\n");
  dialogue.read_line("250-SMTPUTF8\r\n");
  dialogue.read_line("250-AUTH PLAIN LOGIN\r\n");
  dialogue.read_line("250 help\r\n");
  return dialogue;
}

}  // namespace

TEST_CASE("the stages follow the answers") {
  SmtpDialogue dialogue = in_session();
  CHECK(dialogue.stage() == SmtpStage::session);
  dialogue.begin_transaction();
  CHECK(dialogue.stage() == SmtpStage::mail);
  dialogue.read_line("250 ok\r\n");
  CHECK(dialogue.stage() == SmtpStage::recipient);
  dialogue.read_line("251 ok\r\n");
  CHECK(dialogue.stage() == SmtpStage::data);
  dialogue.read_line("354-go\r\n");
  CHECK(dialogue.stage() == SmtpStage::data);
  dialogue.read_line("354 on\r\n");
  CHECK(dialogue.stage() == SmtpStage::content);
  dialogue.content_given();
  CHECK(dialogue.stage() == SmtpStage::final_reply);
  dialogue.read_line("250-first\r\n");
  CHECK_FALSE(dialogue.ended_by_reply());
  dialogue.read_line("250 last\r\n");
  CHECK(dialogue.ended_by_reply());
  CHECK(dialogue.reply_code() == 250);
  CHECK(dialogue.reply() == "250-first\r\n250 last");
}

TEST_CASE("an answer to an earlier message is gone when the next begins") {
  SmtpDialogue dialogue = in_session();
  dialogue.begin_transaction();
  for (const char* line : {"250 ok\r\n", "250 ok\r\n", "354 go\r\n"}) dialogue.read_line(line);
  dialogue.content_given();
  dialogue.read_line("250 sent\r\n");
  REQUIRE(dialogue.ended_by_reply());
  dialogue.begin();
  CHECK_FALSE(dialogue.ended_by_reply());
  CHECK(dialogue.reply_code() == 0);
  CHECK(dialogue.reply().empty());
  CHECK(dialogue.stage() == SmtpStage::connect);
  CHECK(dialogue.offers("SMTPUTF8"));
}

TEST_CASE("after a refusal nothing that follows counts") {
  SmtpDialogue dialogue = in_session();
  dialogue.begin_transaction();
  dialogue.read_line("550 no\r\n");
  dialogue.read_line("221 bye\r\n");
  CHECK(dialogue.ended_by_reply());
  CHECK(dialogue.stage() == SmtpStage::mail);
  CHECK(dialogue.reply() == "550 no");
}

TEST_CASE("a refused EHLO does not end a session that goes on with HELO") {
  SmtpDialogue dialogue;
  dialogue.connecting();
  dialogue.read_line("220 hello\r\n");
  dialogue.read_line("502 what\r\n");
  CHECK(dialogue.ended_by_reply());
  dialogue.read_line("250 server\r\n");
  CHECK_FALSE(dialogue.ended_by_reply());
}

TEST_CASE("what was offered in the clear is void after STARTTLS and on a new connection") {
  SmtpDialogue dialogue = in_session();
  CHECK(dialogue.offers("AUTH"));
  dialogue.read_line("220 go ahead\r\n");
  CHECK_FALSE(dialogue.offers("AUTH"));
  dialogue.read_line("250-server\r\n");
  dialogue.read_line("250 smtputf8\r\n");
  CHECK(dialogue.offers("SMTPUTF8"));
  dialogue.connecting();
  CHECK_FALSE(dialogue.offers("SMTPUTF8"));
}

TEST_CASE("no line from a server can do harm") {
  SmtpDialogue dialogue;
  dialogue.connecting();
  for (const std::string& line :
       {std::string(), std::string("\r\n"), std::string("2"), std::string("25"), std::string("250"),
        std::string("abc\r\n"), std::string("25x ok\r\n"), std::string("220-\r\n"), std::string(100'000, '2'),
        std::string("\0\0\0 \r\n", 6)}) {
    dialogue.read_line(line);
    CHECK(dialogue.stage() == SmtpStage::greeting);
    CHECK_FALSE(dialogue.ended_by_reply());
  }
  for (int i = 0; i < 1'000; ++i) dialogue.read_line("220-" + std::string(400, 'x') + "\r\n");
  dialogue.read_line("554 end\r\n");
  CHECK(dialogue.reply_code() == 554);
  CHECK(dialogue.reply().size() <= limits::reply_bytes);
}
