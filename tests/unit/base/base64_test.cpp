#include "gateway/base/base64.hpp"

#include <catch2/catch.hpp>

using namespace duenotice;

TEST_CASE("Base 64 has the vectors of RFC 4648, both ways") {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    CHECK(to_base64(bytes) == text);
    CHECK(from_base64(text) == bytes);
  }
  CHECK(to_base64(std::string("\xff\0", 2)) == "/wA=");
}

TEST_CASE("What no base 64 writes is none") {
  for (const char* text : {"Zg", "Zg=", "Zh==", "Z===", "Zm9v\n", "Zm9 ", "Zm9vYg==Zg==", "Zm_v"}) {
    INFO(text);
    CHECK(!from_base64(text));
  }
}
