#include "gateway/notice/request_sequence.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/notice/request_bodies.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

constexpr std::size_t bound = 100'000;

Json numbered(Json sequence, const char* type = "Integer") {
  Json event = event_around(full_request());
  event["sequence"] = std::move(sequence);
  event["sequencetype"] = type;
  return event;
}

std::optional<RequestSequence> read(const Json& event) { return published_sequence(body_of(event), bound); }

}  // namespace

TEST_CASE("a number is read from the event around a request, as a text or as an integer") {
  const RequestSequence expected{"billing", 17, "r-1"};
  CHECK(read(numbered("17")) == expected);
  CHECK(read(numbered(std::int64_t{17})) == expected);
  CHECK(read(numbered("9007199254740991"))->number == 9'007'199'254'740'991);
}

TEST_CASE("what is no number, or has no owner, counts nothing") {
  for (const char* text : {"0", "-1", "+1", "01", "1.0", " 1", "1 ", "", "x", "9007199254740992"}) {
    INFO(text);
    CHECK_FALSE(read(numbered(text)));
  }
  CHECK_FALSE(read(numbered(std::int64_t{0})));
  CHECK_FALSE(read(numbered(Json())));
  CHECK_FALSE(read(numbered("1", "Other")));
  CHECK_FALSE(read(full_request()));
  CHECK_FALSE(published_sequence("\"sequencetype\"", bound));
  CHECK_FALSE(published_sequence("{\"sequencetype\":", bound));
  const std::string body = body_of(numbered("1"));
  CHECK(published_sequence(body, body.size()));
  CHECK_FALSE(published_sequence(body, body.size() - 1));
  CHECK_FALSE(published_sequence(R"({"sequencetype":"Integer","sequence":"1","id":"r-1","data":{}})", bound));
}

TEST_CASE("a request that will be refused has its number too") {
  const auto sequence = published_sequence(
      R"({"specversion":"1.0","sequencetype":"Integer","sequence":"5","source":"billing","id":"r-9"})",
      bound);
  CHECK(sequence == RequestSequence{"billing", 5, "r-9"});
}
