#include "gateway/base/url.hpp"

#include <catch2/catch.hpp>

using namespace duenotice;

TEST_CASE("percent-encoding leaves only what means itself everywhere") {
  CHECK(percent_encode("AZaz09-._~") == "AZaz09-._~");
  CHECK(percent_encode(" +&=%/?#\r\n") == "%20%2B%26%3D%25%2F%3F%23%0D%0A");
  CHECK(percent_encode("好") == "%E5%A5%BD");
  CHECK(percent_encode(std::string_view("\0\xff", 2)) == "%00%FF");
}

TEST_CASE("a query is read in order, with its repetitions and its empty values") {
  CHECK(parse_query("") == Query{});
  CHECK(parse_query("a=1&b=x%20y+z&a=&c&=v&&d=e=f") ==
        Query{{"a", "1"}, {"b", "x y z"}, {"a", ""}, {"c", ""}, {"", "v"}, {"d", "e=f"}});
  CHECK(parse_query("%61%3D=%e5%A5%bd") == Query{{"a=", "好"}});
  for (const char* wrong : {"a=%", "a=%1", "a=%zz", "%=1", "a=%2"}) {
    INFO(wrong);
    CHECK_FALSE(parse_query(wrong).has_value());
  }
}

TEST_CASE("what is written is read back") {
  const Query query{{"text", "a&b=c +%\n好"}, {"", ""}, {"to", "+86"}};
  CHECK(query_text(query) == "text=a%26b%3Dc%20%2B%25%0A%E5%A5%BD&=&to=%2B86");
  CHECK(parse_query(query_text(query)) == query);
  REQUIRE(find_in_query(query, "to") != nullptr);
  CHECK(*find_in_query(query, "to") == "+86");
  CHECK(find_in_query(query, "from") == nullptr);
}
