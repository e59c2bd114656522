#include <catch2/catch.hpp>

#include "gateway/notice/address.hpp"

using namespace duenotice;

TEST_CASE("ordinary and international addresses are let in") {
  for (const char* text :
       {"zhang.wei@example.com", "a@b", "o'brien+tag@mail.example.co.uk", "x_y-z=1@a-b.example",
        "root@localhost", "张伟@例子.公司", "user@xn--fsqu00a.xn--55qx5d", "!#$%&*/?^`{|}~@example.com",
        "é@example.com", "1@2.3"}) {
    INFO(text);
    CHECK(is_email(text));
  }
  CHECK(is_email(std::string(64, 'a') + "@example.com"));
  CHECK(is_email("a@" + std::string(63, 'b') + ".example"));
}

TEST_CASE("nothing that could break out of an SMTP envelope is let in") {
  for (const std::string& text : {std::string("a@b.c\r\nRCPT TO:<x@y>"),
                                  std::string("a@b.c\n"),
                                  std::string("a@b.c\r"),
                                  std::string("a\r@b.c"),
                                  std::string("a@b.c\0", 6),
                                  std::string("a\0b@c.d", 7),
                                  std::string("\0", 1),
                                  std::string("<a@b.c>"),
                                  std::string("a@b.c>"),
                                  std::string("<a@b.c"),
                                  std::string("a@b.c> SIZE=1"),
                                  std::string("a b@c.d"),
                                  std::string("a@b .c"),
                                  std::string(" a@b.c"),
                                  std::string("a@b.c "),
                                  std::string("a\t@b.c"),
                                  std::string("\"a b\"@c.d"),
                                  std::string("\"a\"@c.d"),
                                  std::string("a@b.c\x7f"),
                                  std::string("a\x1b@b.c"),
                                  std::string("a@[127.0.0.1]"),
                                  std::string("a(comment)@b.c"),
                                  std::string("a,b@c.d"),
                                  std::string("a;b@c.d"),
                                  std::string("a:b@c.d"),
                                  std::string("a\\b@c.d"),
                                  std::string("a@b@c.d"),
                                  std::string("@b.c:a@d.e"),
                                  std::string("Name <a@b.c>")}) {
    INFO(text);
    CHECK_FALSE(is_email(text));
  }
}

TEST_CASE("invisible characters, odd spaces and the wide twins of punctuation are refused") {
  for (const char* text :
       {"a\xC2\x85@b.c" /* next line */, "a\xC2\xA0@b.c" /* no-break space */,
        "a\xC2\xAD@b.c" /* soft hyphen */, "a\xE2\x80\x8B@b.c" /* zero width space */,
        "a\xE2\x80\xA8@b.c" /* line separator */, "a\xE2\x80\xAE@b.c" /* right-to-left override */,
        "a@b\xE3\x80\x80.c" /* ideographic space */, "a\xEF\xBB\xBF@b.c" /* byte order mark */,
        "a\xEF\xBC\x9C@b.c" /* wide less-than */, "a\xEF\xBC\xA0@b.c" /* wide at */,
        "a@b\xEF\xBC\x8E.c" /* wide full stop */, "a\xC2\x80@b.c"}) {
    INFO(text);
    CHECK_FALSE(is_email(text));
  }
}

TEST_CASE("malformed addresses are refused") {
  for (const char* text :
       {"", "@", "a", "a@", "@b", "a..b@c.d", ".a@b.c", "a.@b.c", "a@b..c", "a@.b", "a@b.", "a@-b.c",
        "a@b-.c", "a@b_c.d", "a@b!.c", "\xFF@b.c", "a@b\xC0\x80.c", "a@\xED\xA0\x80"}) {
    INFO(text);
    CHECK_FALSE(is_email(text));
  }
}

TEST_CASE("the lengths of RFC 5321 and RFC 1035") {
  CHECK_FALSE(is_email(std::string(65, 'a') + "@example.com"));
  CHECK_FALSE(is_email("a@" + std::string(64, 'b') + ".example"));
  const std::string label(63, 'd');
  const std::string domain = label + "." + label + "." + label;
  CHECK(is_email(std::string(62, 'a') + "@" + domain));
  CHECK_FALSE(is_email(std::string(63, 'a') + "@" + domain));
}

TEST_CASE("phone numbers are E.164") {
  for (const char* text : {"+8613800138000", "+1234567", "+123456789012345", "+442071838750"})
    CHECK(is_phone(text));
  for (const char* text : {"", "+", "8613800138000", "008613800138000", "+08613800138000", "+123456",
                           "+1234567890123456", "+86 13800138000", "+86-138-0013-8000", "+86138001380a0",
                           "++8613800138", "+8613800138000\n", "+８６13800138000"}) {
    INFO(text);
    CHECK_FALSE(is_phone(text));
  }
  CHECK_FALSE(is_phone(std::string("+861380013800\0", 14)));
}

TEST_CASE("masked addresses show only a hint") {
  CHECK(mask_email("zhang.wei@example.com") == "z***@e***.com");
  CHECK(mask_email("a@b") == "a***@b***");
  CHECK(mask_email("张伟@例子.公司") == "张***@例***.公司");
  CHECK(mask_email("a@mail.example.co.uk") == "a***@m***.uk");
  CHECK(mask_email("not an address") == "***");
  CHECK(mask_email("") == "***");
  CHECK(mask_phone("+8613800138000") == "+86*******8000");
  CHECK(mask_phone("+1234567") == "+12***67");
  CHECK(mask_phone("+123") == "***");
  CHECK(mask_phone("") == "***");
  CHECK(mask_user("user-10086") == "u***6");
  CHECK(mask_user("用户甲") == "用***甲");
  CHECK(mask_user("ab") == "***");
  CHECK(mask_user("a") == "***");
  CHECK(mask_user("") == "***");
}
