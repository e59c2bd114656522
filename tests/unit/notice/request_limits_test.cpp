#include <catch2/catch.hpp>

#include "gateway/base/limits.hpp"
#include "tests/unit/notice/request_bodies.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {
std::string nested(const std::string& open, std::size_t depth) {
  std::string text;
  for (std::size_t i = 0; i < depth; ++i) text += open;
  return text;
}
}  // namespace

TEST_CASE("a body over the bound is refused unread") {
  const RequestSchema schema;
  const std::string body = body_of(full_request());
  CHECK(decode_request(body, "", body.size(), schema).ok());
  CHECK(verdict(decode_request(body, "", body.size() - 1, schema)) == "too_large ");
  CHECK(verdict(decode(std::string(limits::body_bytes_default + 1, '\xFF'))) == "too_large ");
}

TEST_CASE("what is no JSON text") {
  CHECK(verdict(decode("")) == "not_json ");
  CHECK(verdict(decode("{\"id\":")) == "not_json ");
  CHECK(verdict(decode(body_of(full_request()) + "x")) == "not_json ");
  CHECK(verdict(decode("\xFF\xFE{\0}\0")) == "not_utf8 ");
  CHECK(verdict(decode("{\"id\":\"\xC3\x28\"}")) == "not_utf8 ");
  CHECK(verdict(decode("{\"id\":\"\\ud800\"}")) == "not_json ");
}

TEST_CASE("documents that would break recursive code end at the limits") {
  CHECK(verdict(decode(nested("[", 900'000))) == "too_deep ");
  CHECK(verdict(decode(nested("{\"a\":", 150'000))) == "too_deep ");
  std::string many = "{\"variables\":[0";
  for (std::size_t i = 0; i < limits::json_nodes; ++i) many += ",0";
  CHECK(verdict(decode(many + "]}")) == "too_many_values /variables/49998");
  CHECK(verdict(decode("{\"id\":\"" + std::string(limits::json_string_bytes + 1, 'a') + "\"}")) ==
        "string_too_long /id");
  CHECK(verdict(decode(R"({"id":"a","recipient":{"name":"x","name":"y"}})")) ==
        "duplicate_key /recipient/name");
}

TEST_CASE("the longest and deepest variables that the limits allow are decoded") {
  CHECK(verdict(decode(body_of(with(full_request(), "/variables/reason",
                                    std::string(limits::json_string_bytes, 'x'))))) == "accepted");
  const std::size_t inner = static_cast<std::size_t>(limits::json_depth) - 2;
  const auto deep = parse_json(nested("[", inner) + std::string(inner, ']'));
  REQUIRE(deep.ok());
  CHECK(verdict(decode(body_of(with(full_request(), "/variables/x", *deep)))) == "accepted");
}

TEST_CASE("no string can overflow the schema engine's stack") {
  for (const char* field :
       {"/effective_date", "/send_not_before", "/recipient/email", "/recipient/phone", "/id"}) {
    for (const char filler : {'9', 'a', '-', '.', '@'}) {
      INFO(field << " " << filler);
      const Json request = with(full_request(), field, std::string(limits::json_string_bytes, filler));
      CHECK_FALSE(decode(body_of(request)).ok());
    }
  }
}

TEST_CASE("a pointer that cannot be quoted ends at its container") {
  const std::string key(1000, 'k');
  CHECK(verdict(decode(body_of(with(full_request(), "/recipient/" + key, 1)))) == "unknown_field /recipient");
  CHECK(verdict(decode(body_of(with(full_request(), "/variables/" + key, Json(Json::Fraction{"1.5"}))))) ==
        "wrong_type /variables");
}
