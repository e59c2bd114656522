#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <random>
#include <sstream>

#include "gateway/notice/request_fields.hpp"
#include "tests/unit/notice/request_bodies.hpp"

/// The schema and the typed decoder accept and refuse the same documents.

using namespace duenotice;
using namespace duenotice::test;

namespace {

Json fraction(const char* text) { return Json(Json::Fraction{text}); }

/// Values that sit on both sides of some border.
const std::vector<Json>& border_values() {
  static const std::vector<Json> values = [] {
    std::vector<Json> all{Json(),
                          Json(true),
                          Json(0),
                          Json(-1),
                          Json(std::int64_t{9007199254740991}),
                          Json(std::int64_t{9007199254740992}),
                          Json(std::int64_t{-9007199254740992}),
                          Json(std::numeric_limits<std::int64_t>::min()),
                          fraction("1.0"),
                          fraction("0.1"),
                          fraction("1e300"),
                          fraction("18446744073709551615"),
                          Json::array(),
                          Json::object()};
    for (const char* text : {"",
                             " ",
                             "a",
                             "email",
                             "in_site",
                             "Email",
                             "sms",
                             "a\nb",
                             "a\tb",
                             "a\rb",
                             "\x7f",
                             "通知",
                             "zh-CN",
                             "a@b",
                             "a@b.c\n",
                             "<a@b.c>",
                             "张@例子.公司",
                             "+1234567",
                             "+123456",
                             "+12345678901234567",
                             "2026-02-28",
                             "2026-02-29",
                             "2024-02-29",
                             "2026-02-28T00:00:00Z",
                             "2026-02-28T23:59:60Z",
                             "2026-02-28 00:00:00Z",
                             "2026-13-01"}) {
      all.emplace_back(text);
    }
    all.emplace_back(std::string("a\0b", 3));
    for (const std::size_t size : {200U, 201U, 254U, 255U, 400U, 401U})
      all.emplace_back(std::string(size, 'x'));
    std::string wide;
    for (int i = 0; i < 67; ++i) wide += "通";
    all.emplace_back(wide);                        // 201 bytes, 67 characters
    all.emplace_back(wide.substr(0, 198) + "ab");  // 200 bytes
    all.emplace_back(wide + wide.substr(0, 198));  // 399 bytes
    all.emplace_back(wide + wide);                 // 402 bytes
    all.emplace_back(Json::Array{"email"});
    all.emplace_back(Json::Array{"in_site", "in_site"});
    all.emplace_back(Json::Array{"in_site", "email"});
    all.emplace_back(Json::Array{"email", 5});
    all.emplace_back(Json::Array{Json::Array{fraction("2.5")}});
    all.emplace_back(Json::Object{{"name", "x"}});
    all.emplace_back(Json::Object{{"amount", "1.00"}, {"currency", "CNY"}});
    all.emplace_back(Json::Object{{"a\x01", Json::Array{"b\x01"}}});
    all.emplace_back(Json::Object{{"", ""}});
    return all;
  }();
  return values;
}

const std::vector<std::string>& places() {
  static const std::vector<std::string> all{"/source",
                                            "/id",
                                            "/agreement",
                                            "/agreement_version",
                                            "/kind",
                                            "/account_id",
                                            "/recipient",
                                            "/recipient/name",
                                            "/recipient/locale",
                                            "/recipient/email",
                                            "/recipient/phone",
                                            "/recipient/user_id",
                                            "/recipient/unknown",
                                            "/variables",
                                            "/variables/reason",
                                            "/variables/new",
                                            "/variables/amount/amount",
                                            "/effective_date",
                                            "/channels",
                                            "/channels/0",
                                            "/channels/1",
                                            "/send_not_before",
                                            "/reference",
                                            "/unknown",
                                            "/specversion",
                                            ""};
  return all;
}

bool agree(const RequestSchema& schema, const Json& request, bool& accepted) {
  const auto refusal = schema.refuse(request);
  const auto decoded = read_request_fields(request, "");
  accepted = decoded.ok();
  if (decoded.ok() == !refusal.has_value()) return true;
  std::cout << "they differ over " << body_of(request).substr(0, 2000)
            << "\n  schema: " << (refusal ? refusal->pointer + " " + refusal->message : "accepts")
            << "\n  decoder: " << verdict(decoded) << "\n";
  return false;
}

}  // namespace

TEST_CASE("schema and decoder agree on every border value in every place") {
  const RequestSchema schema;
  int accepted_count = 0;
  int documents = 0;
  for (const std::string& place : places()) {
    for (const Json& value : border_values()) {
      bool accepted = false;
      REQUIRE(agree(schema, with(full_request(), place, value), accepted));
      accepted_count += accepted ? 1 : 0;
      ++documents;
    }
  }
  CHECK(documents > 1000);
  CHECK(accepted_count > 100);
}

TEST_CASE("schema and decoder agree when fields are missing") {
  const RequestSchema schema;
  bool accepted = false;
  for (const char* place :
       {"/source", "/id", "/agreement", "/agreement_version", "/kind", "/account_id", "/recipient",
        "/recipient/name", "/recipient/locale", "/recipient/email", "/recipient/phone", "/recipient/user_id",
        "/variables", "/effective_date", "/channels", "/send_not_before", "/reference"}) {
    CHECK(agree(schema, without(full_request(), place), accepted));
  }
  CHECK(agree(schema, least_request(), accepted));
  CHECK(accepted);
  CHECK(agree(schema, Json::object(), accepted));
  CHECK_FALSE(accepted);
}

TEST_CASE("schema and decoder agree on documents mutated from a seed") {
  const char* wish = std::getenv("DUENOTICE_SEED");
  const unsigned seed = wish != nullptr ? static_cast<unsigned>(std::stoul(wish)) : std::random_device()();
  std::cout << "seed " << seed << " (DUENOTICE_SEED=" << seed << " repeats this run)\n";
  std::mt19937 random(seed);
  const auto pick = [&](const auto& from) { return from[random() % from.size()]; };
  const RequestSchema schema;
  int accepted_count = 0;
  constexpr int documents = 3000;
  for (int round = 0; round < documents; ++round) {
    Json request = random() % 4 == 0 ? least_request() : full_request();
    for (auto changes = 1 + random() % 3; changes > 0; --changes) {
      const std::string place = pick(places());
      // Only where the containers on the way still are what the place takes them for.
      const std::string parent =
          place.substr(0, place.rfind('/') == std::string::npos ? 0 : place.rfind('/'));
      if (parent == "/channels") {
        request = with(request.as_object() != nullptr ? request : full_request(), "/channels",
                       Json::Array{pick(border_values()), pick(border_values())});
      } else if (request.as_object() != nullptr && (parent.empty() || parent == "/variables")) {
        const Json* variables = request.find("variables");
        const bool reachable = parent.empty() || (variables != nullptr && variables->as_object() != nullptr);
        if (reachable) request = with(request, place, pick(border_values()));
      } else if (const Json* recipient = request.find("recipient");
                 parent == "/recipient" && recipient != nullptr && recipient->as_object() != nullptr) {
        request = with(request, place, pick(border_values()));
      }
    }
    bool accepted = false;
    REQUIRE(agree(schema, request, accepted));
    accepted_count += accepted ? 1 : 0;
  }
  CHECK(accepted_count > 20);
  CHECK(accepted_count < documents - 1000);
}

TEST_CASE("a refusal of the schema points to its place and quotes nothing") {
  const RequestSchema schema;
  const auto pointer = [&](const char* place, Json value) {
    const auto refusal = schema.refuse(with(full_request(), place, std::move(value)));
    REQUIRE(refusal.has_value());
    CHECK(refusal->message.find("q7marker") == std::string::npos);
    return refusal->pointer;
  };
  CHECK(pointer("/kind", 5) == "/kind");
  CHECK(pointer("/recipient/email", "q7marker") == "/recipient/email");
  CHECK(pointer("/recipient/name", 5) == "/recipient/name");
  CHECK(pointer("/channels/1", "q7marker") == "/channels/1");
  CHECK(pointer("/variables/amount/amount", fraction("1.5")) == "/variables/amount/amount");
  CHECK(pointer("/q7marker", 1) == "");
}

TEST_CASE("the compiled schema is the file of the repository") {
  std::ostringstream file;
  file << std::ifstream(SOURCE_DIR "/gateway/notice/request.schema.json").rdbuf();
  CHECK(file.str().size() > 1000);
  CHECK(RequestSchema::text() == file.str());
}
