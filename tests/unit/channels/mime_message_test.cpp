#include "channels/email/mime_message.hpp"

#include <catch2/catch.hpp>

using namespace duenotice;
using namespace duenotice::channels;

namespace {

Composition composition() {
  return {.words = {"Subject", "text\n", "<p>html</p>\n"},
          .notice_id = "01ARZ3NDEKTSV4RRFFQ69G5FAV",
          .revision = 1,
          .to_name = "Wei",
          .to_address = "wei@example.com",
          .language = "en",
          .made_at = *parse_instant("2026-01-02T03:04:05.678Z")};
}

const Mailbox from{.name = "Example Ltd", .address = "notices@gw.example"};

}  // namespace

TEST_CASE("the whole message, byte for byte") {
  CHECK(compose_message(composition(), from)->content ==
        "Date: Fri, 02 Jan 2026 03:04:05 +0000\r\n"
        "From: Example Ltd <notices@gw.example>\r\n"
        "To: Wei <wei@example.com>\r\n"
        "Message-ID: <01ARZ3NDEKTSV4RRFFQ69G5FAV.1@gw.example>\r\n"
        "Subject: Subject\r\n"
        "MIME-Version: 1.0\r\n"
        "Auto-Submitted: auto-generated\r\n"
        "Content-Language: en\r\n"
        "Content-Type: multipart/alternative;\r\n"
        " boundary=\"=_4a065267344d9e9cc07e39415ad92ce3\"\r\n"
        "\r\n"
        "--=_4a065267344d9e9cc07e39415ad92ce3\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        "\r\n"
        "dGV4dA0K\r\n"
        "--=_4a065267344d9e9cc07e39415ad92ce3\r\n"
        "Content-Type: text/html; charset=utf-8\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        "\r\n"
        "PHA+aHRtbDwvcD4NCg==\r\n"
        "--=_4a065267344d9e9cc07e39415ad92ce3--\r\n");
}

TEST_CASE("a new revision is a new message, a resend is the same one") {
  const auto first = compose_message(composition(), from);
  CHECK(compose_message(composition(), from)->content == first->content);
  CHECK(first->message_id == "01ARZ3NDEKTSV4RRFFQ69G5FAV.1@gw.example");
  Composition second = composition();
  second.revision = 2;
  CHECK(compose_message(second, from)->message_id == "01ARZ3NDEKTSV4RRFFQ69G5FAV.2@gw.example");
}

TEST_CASE("dates of every day and month") {
  CHECK(header_date(*parse_instant("1999-12-31T23:59:59.999Z")) == "Fri, 31 Dec 1999 23:59:59 +0000");
  CHECK(header_date(*parse_instant("2024-02-29T00:00:00Z")) == "Thu, 29 Feb 2024 00:00:00 +0000");
  CHECK(header_date(*parse_instant("2026-11-22T08:00:00+08:00")) == "Sun, 22 Nov 2026 00:00:00 +0000");
}

TEST_CASE("words that are no text are refused without being quoted") {
  for (std::string Words::*field : {&Words::subject, &Words::text, &Words::html}) {
    for (const std::string& bad : {std::string("a\xFFz"), std::string("a\0z", 3)}) {
      Composition wrong = composition();
      wrong.words.*field = bad;
      const auto composed = compose_message(wrong, from);
      REQUIRE_FALSE(composed.ok());
      CHECK(composed.error().part == Unfit::Part::words);
    }
  }
}
