#include <catch2/catch.hpp>

#include "gateway/base/json.hpp"

using namespace duenotice;

namespace {
std::string canonical(std::string_view text) {
  const auto parsed = parse_json(text);
  REQUIRE(parsed.ok());
  return canonical_json(*parsed);
}
}  // namespace

TEST_CASE("white space and order of members do not matter") {
  CHECK(canonical(" { \"b\" : [ 1 , 2 ] ,\n \"a\" : null } ") == R"({"a":null,"b":[1,2]})");
  CHECK(canonical(R"({"10":1,"1":2,"":3,"A":4,"a":5})") == R"({"":3,"1":2,"10":1,"A":4,"a":5})");
}

TEST_CASE("strings use the shortest escapes of RFC 8785") {
  CHECK(canonical(R"("\u0000\u0008\u0009\u000a\u000b\u000c\u000d\u001f")") ==
        R"("\u0000\b\t\n\u000b\f\r\u001f")");
  CHECK(canonical(R"("\u0022\u005c\/\u007f\u20ac")") == "\"\\\"\\\\/\x7F€\"");
  CHECK(canonical(R"("\ud83d\ude02")") == "\"😂\"");
  CHECK(canonical("\"A\\u030a\"") == "\"A\xCC\x8A\"");  // no Unicode normalisation
}

TEST_CASE("members are sorted by UTF-16 code units, also beyond the basic plane") {
  // U+1F602 is D83D DE02 in UTF-16 and so comes before U+FB33, which its UTF-8 bytes would put it after.
  CHECK(canonical(R"({"\ufb33":1,"\ud83d\ude02":2,"\u20ac":3,"\u00f6":4})") ==
        "{\"ö\":4,\"€\":3,\"😂\":2,\"\xEF\xAC\xB3\":1}");
  CHECK(canonical(R"({"a\ue000":1,"a\ud800\udc00":2})") == "{\"a\xF0\x90\x80\x80\":2,\"a\xEE\x80\x80\":1}");
  CHECK(canonical(R"({"\ud83d\ude02b":1,"\ud83d\ude02a":2})") == "{\"😂a\":2,\"😂b\":1}");
}

TEST_CASE("integers are written plainly") {
  CHECK(canonical("[0,-0,-1,9007199254740991,-9007199254740991]") ==
        "[0,0,-1,9007199254740991,-9007199254740991]");
}

TEST_CASE("canonical JSON is a fixed point") {
  const std::string once = canonical(R"({"z":{"b":"\n","a":[{},[],""]},"\ud83d\ude02":true,"ﬀ":-5})");
  CHECK(canonical(once) == once);
}

TEST_CASE("the form for people is the same content") {
  const auto value = parse_json(R"({"b":[1,{}],"a":[]})");
  REQUIRE(value.ok());
  CHECK(pretty_json(*value) == "{\n  \"a\": [],\n  \"b\": [\n    1,\n    {}\n  ]\n}");
  CHECK(*parse_json(pretty_json(*value)) == *value);
}

TEST_CASE("pointer tokens are escaped as RFC 6901 says") {
  CHECK(json_pointer_token("a/b") == "a~1b");
  CHECK(json_pointer_token("m~n") == "m~0n");
  CHECK(json_pointer_token("~1") == "~01");
  CHECK(json_pointer_token("") == "");
}
