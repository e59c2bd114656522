#include "channels/email/encoded_words.hpp"

#include <catch2/catch.hpp>

#include "gateway/base/utf8.hpp"

using namespace duenotice::channels;

TEST_CASE("base 64 has the vectors of RFC 4648") {
  CHECK(base64("").empty());
  CHECK(base64("f") == "Zg==");
  CHECK(base64("fo") == "Zm8=");
  CHECK(base64("foo") == "Zm9v");
  CHECK(base64("foob") == "Zm9vYg==");
  CHECK(base64("fooba") == "Zm9vYmE=");
  CHECK(base64("foobar") == "Zm9vYmFy");
  CHECK(base64("\xFF\xFE\x00") == "//4=");
  CHECK(base64(std::string_view("\xFF\xFE\x00", 3)) == "//4A");
}

TEST_CASE("control characters become one space and never stand at the ends") {
  CHECK(header_text("a\r\nb") == "a b");
  CHECK(header_text("\r\n a \t\x01 b \n") == "a b");
  CHECK(header_text("a  b") == "a  b");
  CHECK(header_text("a\x7F") == "a");
  CHECK(header_text(std::string_view("a\0b", 3)) == "a b");
  CHECK(header_text("\r\n").empty());
}

TEST_CASE("short printable ASCII stays as it is") {
  CHECK(unstructured("Change of terms", 9) == "Change of terms");
  CHECK(unstructured(std::string(67, 'x'), 9) == std::string(67, 'x'));
  CHECK(unstructured(std::string(68, 'x'), 9).starts_with("=?UTF-8?B?"));
  CHECK(unstructured("a =?x", 9).starts_with("=?UTF-8?B?"));
}

TEST_CASE("encoded words never split a character, wherever it falls") {
  for (std::size_t shift = 0; shift < 50; ++shift) {
    const std::string text = std::string(shift, 'a') +
                             "汉字🧾é汉字汉字汉字汉字汉字汉字汉字汉字汉字汉字汉字🧾🧾🧾🧾🧾"
                             "🧾"
                             "🧾🧾🧾🧾";
    const std::string folded = unstructured(text, 9);
    INFO(folded);
    std::size_t column = 9;
    for (std::size_t at = 0; at < folded.size();) {
      const std::size_t end = std::min(folded.find("\r\n ", at), folded.size());
      const std::string word = folded.substr(at, end - at);
      CHECK(word.size() <= 75);
      CHECK(column + word.size() <= 76);
      CHECK(word.starts_with("=?UTF-8?B?"));
      CHECK(word.ends_with("?="));
      at = end + 3;
      column = 1;
    }
  }
}

TEST_CASE("display names are atoms, quoted strings or encoded words") {
  CHECK(phrase("Zhang Wei", 4) == "Zhang Wei");
  CHECK(phrase("O'Neil", 4) == "O'Neil");
  CHECK(phrase("Wei, Zhang", 4) == "\"Wei, Zhang\"");
  CHECK(phrase("a \"b\" \\", 4) == "\"a \\\"b\\\" \\\\\"");
  CHECK(phrase("张伟", 4) == "=?UTF-8?B?5byg5Lyf?=");
  CHECK(phrase("", 4).empty());
  CHECK(phrase("a\r\nBcc: x@y", 4) == "\"a Bcc: x@y\"");
}
