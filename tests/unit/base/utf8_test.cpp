#include <catch2/catch.hpp>

#include "gateway/base/utf8.hpp"

using namespace duenotice;

TEST_CASE("well-formed UTF-8 up to its borders") {
  for (const char* text :
       {"", "abc", "\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
        "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF", "通知 ✓"}) {
    INFO(text);
    CHECK(is_utf8(text));
  }
  CHECK(is_utf8(std::string_view("\0", 1)));
}

TEST_CASE("overlong, surrogate, truncated and stray bytes are refused") {
  for (const char* text :
       {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xED\xBF\xBF",
        "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xF8\x88\x80\x80\x80", "\xFF", "\xC2",
        "\xE4\xB8", "\xF0\x9F\x98", "a\xC2z", "\xE4\xB8z"}) {
    CHECK_FALSE(is_utf8(text));
  }
}

TEST_CASE("code points are decoded") {
  CHECK(code_points("a€😂") == std::u32string(U"a€😂"));
  CHECK(code_points("").empty());
}

TEST_CASE("a terminal's cells") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("通知") == 4);
  CHECK(display_width("e\xCC\x81") == 1);
  CHECK(display_width("😂") == 2);
  CHECK(display_width("ｆ") == 2);
  CHECK(display_width("") == 0);
}
