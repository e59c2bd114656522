#include <catch2/catch.hpp>

#include "gateway/base/json.hpp"
#include "gateway/base/limits.hpp"

using namespace duenotice;
using Reason = JsonError::Reason;

namespace {

JsonError fault(std::string_view text) {
  const auto parsed = parse_json(text);
  REQUIRE_FALSE(parsed.ok());
  return parsed.error();
}

std::string nested(int depth) {
  const auto count = static_cast<std::size_t>(depth);
  return std::string(count, '[') + std::string(count, ']');
}

}  // namespace

TEST_CASE("a document is read into values") {
  const auto parsed = parse_json(R"({"a":[1,-2,true,false,null,"x"],"b":{"c":9223372036854775807}})");
  REQUIRE(parsed.ok());
  const Json::Array& a = *parsed->find("a")->as_array();
  REQUIRE(a.size() == 6);
  CHECK(*a[0].as_integer() == 1);
  CHECK(*a[1].as_integer() == -2);
  CHECK(*a[2].as_bool());
  CHECK_FALSE(*a[3].as_bool());
  CHECK(a[4].is_null());
  CHECK(*a[5].as_string() == "x");
  CHECK(*parsed->find("b")->find("c")->as_integer() == std::numeric_limits<std::int64_t>::max());
  CHECK(parsed->find("z") == nullptr);
  CHECK(a[0].find("z") == nullptr);
}

TEST_CASE("a number that is no 64-bit integer is kept as a fraction, to be refused by name") {
  for (const char* text :
       {"1.5", "1.0", "1e3", "-0.0", "9223372036854775808", "18446744073709551616", "-9223372036854775809"}) {
    INFO(text);
    const auto parsed = parse_json(text);
    REQUIRE(parsed.ok());
    CHECK(parsed->as_fraction() != nullptr);
    CHECK(parsed->as_integer() == nullptr);
  }
}

TEST_CASE("what is not JSON is refused") {
  for (const char* text :
       {"", " ", "{", "[1,]", "{\"a\":}", "{a:1}", "'x'", "01", "+1", "NaN", "tru", "\"\n\"", "\"\\x\"",
        "{} {}", "[1] x", "// c\n1", "\"\\ud800\"", "\"\\udc00\\ud800\""}) {
    INFO(text);
    CHECK(fault(text).reason == Reason::not_json);
    CHECK(fault(text).pointer.empty());
  }
}

TEST_CASE("a number beyond all bounds is refused by its place") {
  for (const char* number : {"1e999", "-1e999", "123456789e400"}) {
    INFO(number);
    const std::string text = R"({"a":[1,{"b/c":)" + std::string(number) + "}]}";
    CHECK(fault(text).reason == Reason::number_too_large);
    CHECK(fault(text).pointer == "/a/1/b~1c");
  }
  CHECK(fault("1e999").pointer.empty());
  CHECK(parse_json("1e-999").ok());
}

TEST_CASE("what is not UTF-8 is refused before it is parsed") {
  for (const std::string& text :
       {std::string("\"\xFF\""), std::string("\"\xC0\x80\""), std::string("\"\xED\xA0\x80\""),
        std::string("\"\xF4\x90\x80\x80\""), std::string("\"\xE4\xB8\""), std::string("\xFE\xFF\0{\0}", 6)}) {
    CHECK(fault(text).reason == Reason::not_utf8);
  }
}

TEST_CASE("depth is bounded before any recursive code sees the document") {
  CHECK(parse_json(nested(limits::json_depth)).ok());
  CHECK(fault(nested(limits::json_depth + 1)).reason == Reason::too_deep);
  CHECK(fault(std::string(900'000, '[')).reason == Reason::too_deep);
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
  CHECK(fault(objects).reason == Reason::too_deep);
}

TEST_CASE("one string and one member name are bounded in bytes") {
  const auto string_of = [](std::size_t size) { return "\"" + std::string(size, 'x') + "\""; };
  CHECK(parse_json(string_of(limits::json_string_bytes)).ok());
  const JsonError error = fault("{\"a\":[0," + string_of(limits::json_string_bytes + 1) + "]}");
  CHECK(error.reason == Reason::string_too_long);
  CHECK(error.pointer == "/a/1");
  CHECK(fault("{" + string_of(limits::json_string_bytes + 1) + ":1}").reason == Reason::string_too_long);
}

TEST_CASE("the number of values is bounded") {
  const auto array_of = [](std::size_t elements) {
    std::string text = "[0";
    for (std::size_t i = 1; i < elements; ++i) text += ",0";
    return text + "]";
  };
  CHECK(parse_json(array_of(limits::json_nodes - 1)).ok());
  const JsonError error = fault(array_of(limits::json_nodes));
  CHECK(error.reason == Reason::too_many_values);
  CHECK(error.pointer == "/" + std::to_string(limits::json_nodes - 1));
}

TEST_CASE("a member that stands twice is refused with its pointer") {
  CHECK(fault(R"({"a":1,"a":1})").reason == Reason::duplicate_key);
  CHECK(fault(R"({"a":1,"a":1})").pointer == "/a");
  CHECK(fault(R"({"x":[0,{"b":{"c":1,"c":2}}]})").pointer == "/x/1/b/c");
  CHECK(fault(R"({"é":1,"\u00e9":2})").reason == Reason::duplicate_key);
  CHECK(fault(R"({"a/b~c":1,"a/b~c":2})").pointer == "/a~1b~0c");
  CHECK(parse_json(R"([{"a":1},{"a":1}])").ok());
  CHECK(parse_json(R"({"a":{"a":{"a":1}}})").ok());
}

TEST_CASE("pointers stay right after a container was closed") {
  const std::string too_long = "\"" + std::string(limits::json_string_bytes + 1, 'x') + "\"";
  CHECK(fault(R"({"a":{"b":[1,{"c":2}],"d":3},"e":[[],{},)" + too_long + "]}").pointer == "/e/2");
  CHECK(fault(R"([{"a":1},[2],{"b":)" + too_long + "}]").pointer == "/2/b");
}

TEST_CASE("a built value equals the parsed one") {
  Json built;
  built["name"] = "x";
  built["list"].push_back(1);
  built["list"].push_back(Json::object());
  const auto parsed = parse_json(R"({"list":[1,{}],"name":"x"})");
  REQUIRE(parsed.ok());
  CHECK(*parsed == built);
}
