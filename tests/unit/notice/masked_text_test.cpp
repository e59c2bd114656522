#include "gateway/notice/masked_text.hpp"

#include <catch2/catch.hpp>

using namespace duenotice;

TEST_CASE("addresses in a text are masked wherever they stand") {
  CHECK(masked_text("there is no notice zhang.wei@customer.example; look") ==
        "there is no notice z***@c***.example; look");
  CHECK(masked_text("<a@163.com>,\"b+c@mail.d.example.\"") == "<a***@1***.com>,\"b***@m***.example.\"");
  CHECK(masked_text("cannot read /tmp/zhang@customer.example.eml") == "cannot read /tmp/z***@c***.eml");
  CHECK(masked_text("张伟@例子.公司") == "张***@例***.公司");
  CHECK(masked_text("a=zhang@customer.example") == "a***@c***.example");
  CHECK(masked_text("call +8613975318246 or +86 139-7531-8246.") == "call +86*******8246 or +86*******8246.");
  CHECK(masked_text("+8613975318246@sms.example") == "+86*******8246@sms.example");
}

TEST_CASE("what is no address stays in a text") {
  for (const char* text :
       {"", "@", "a@", "@b.example", "user-agreement@2022-10-10",
        "amqps://duenotice@broker.customer.example:5671/",
        "write it as `name@example.com` or `Name <name@example.com>`", "is no number such as +8613800138000",
        "2026-07-01T09:00:00+08:00", "+123456", "1 + 12345678", "+", "local@domain"}) {
    CHECK(masked_text(text) == text);
  }
}

TEST_CASE("a word that could tell an address") {
  for (const char* word : {"a@b", "@", "13975318246", "139-7531-8246", "E1234567"})
    CHECK(may_tell_an_address(word));
  for (const char* word : {"", "INVALID_NUMBER", "isv.BUSINESS_LIMIT_CONTROL", "160038", "2026-12"})
    CHECK_FALSE(may_tell_an_address(word));
}
