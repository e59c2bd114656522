#include <catch2/catch.hpp>

#include "tests/unit/notice/request_bodies.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

const std::string event_type = "application/cloudevents+json";

/// Checks a faulty request as it is and inside an event: the same code, the pointer into the body as
/// published.
void refused(const Json& request, const std::string& code, const std::string& pointer) {
  INFO(body_of(request));
  CHECK(verdict(decode(body_of(request))) == code + " " + pointer);
  CHECK(verdict(decode(body_of(event_around(request)), event_type)) == code + " /data" + pointer);
}

Json fraction(const char* text) { return Json(Json::Fraction{text}); }
Json list(std::initializer_list<Json> elements) { return Json(Json::Array(elements)); }

}  // namespace

TEST_CASE("a request with every field is decoded") {
  const auto decoded = decode(body_of(full_request()));
  REQUIRE(verdict(decoded) == "accepted");
  CHECK(decoded->source == "billing");
  CHECK(decoded->id == "r-1");
  CHECK(decoded->agreement == "flashduty-user-agreement");
  CHECK(decoded->agreement_version == "2022-10-10");
  CHECK(decoded->kind == "fund_freeze");
  CHECK(decoded->account_id == "acc-1");
  CHECK(decoded->recipient.name == "张伟");
  CHECK(decoded->recipient.locale == "zh-CN");
  CHECK(decoded->recipient.email == "zhang.wei@example.com");
  CHECK(decoded->recipient.phone == "+8613800138000");
  CHECK(decoded->recipient.user_id == "user-10086");
  CHECK(*decoded->variables.find("count")->as_integer() == 3);
  CHECK(*decoded->variables.find("amount")->find("amount")->as_string() == "1234.50");
  CHECK(to_text(decoded->effective_date.value()) == "2026-05-01");
  CHECK(decoded->channels == std::vector{Channel::email, Channel::in_site});
  CHECK(to_text(decoded->send_not_before.value()) == "2026-03-31T01:00:00.000Z");
  CHECK(decoded->reference == "case 7");
  CHECK_FALSE(decoded->published_at);
  CHECK(decoded->pointer_prefix.empty());
}

TEST_CASE("the least request leaves the rest empty") {
  const auto decoded = decode(body_of(least_request()));
  REQUIRE(verdict(decoded) == "accepted");
  CHECK_FALSE(decoded->agreement_version);
  CHECK(decoded->recipient.locale.empty());
  CHECK_FALSE(decoded->recipient.email);
  CHECK(decoded->variables == Json::object());
  CHECK_FALSE(decoded->effective_date);
  CHECK_FALSE(decoded->channels);
  CHECK_FALSE(decoded->send_not_before);
  CHECK_FALSE(decoded->reference);
}

TEST_CASE("the digest is that of the canonical JSON, however the body was written") {
  const auto spaced = decode(body_of(full_request()));
  const auto tight = decode(canonical_json(full_request()));
  REQUIRE((spaced.ok() && tight.ok()));
  CHECK(spaced->canonical == canonical_json(full_request()));
  CHECK(spaced->digest == sha256(spaced->canonical));
  CHECK(spaced->digest == tight->digest);
  const auto changed = decode(body_of(with(full_request(), "/variables/count", 4)));
  REQUIRE(changed.ok());
  CHECK_FALSE(changed->digest == spaced->digest);
}

TEST_CASE("an unknown field is refused wherever it stands") {
  refused(with(least_request(), "/surprise", 1), "unknown_field", "/surprise");
  refused(with(least_request(), "/recipient/Email", "a@b.c"), "unknown_field", "/recipient/Email");
  refused(with(least_request(), "/recipient/a~b", 1), "unknown_field", "/recipient/a~0b");
  refused(with(least_request(), "/time", "2026-03-31T00:00:00Z"), "unknown_field", "/time");
  refused(with(least_request(), "/line\nbreak", 1), "unknown_field", "");
}

TEST_CASE("a missing field is named with the place where it should stand") {
  for (const char* field : {"/agreement", "/kind", "/account_id", "/recipient", "/recipient/name"}) {
    refused(without(full_request(), field), "missing_field", field);
  }
  CHECK(verdict(decode(body_of(without(full_request(), "/id")))) == "missing_field /id");
  CHECK(verdict(decode(body_of(without(full_request(), "/source")))) == "missing_field /source");
  CHECK(verdict(decode("{}")) == "missing_field /agreement");
}

TEST_CASE("every field has its type") {
  for (const char* field :
       {"/source", "/id", "/agreement", "/agreement_version", "/kind", "/account_id", "/reference",
        "/recipient/name", "/recipient/locale", "/recipient/email", "/recipient/phone", "/recipient/user_id",
        "/effective_date", "/send_not_before"}) {
    for (const Json& value :
         {Json(5), Json(nullptr), Json(true), Json::array(), Json::object(), fraction("1.5")}) {
      refused(with(full_request(), field, value), "wrong_type", field);
    }
  }
  for (const char* field : {"/recipient", "/variables"}) {
    for (const Json& value : {Json("x"), Json(nullptr), Json(5), Json::array()}) {
      refused(with(full_request(), field, value), "wrong_type", field);
    }
  }
  for (const Json& value : {Json("email"), Json(nullptr), Json::object()}) {
    refused(with(full_request(), "/channels", value), "wrong_type", "/channels");
  }
  refused(with(full_request(), "/channels/1", 5), "wrong_type", "/channels/1");
  for (const char* body : {"[]", "\"x\"", "5", "null", "1.5"}) CHECK(verdict(decode(body)) == "wrong_type ");
}

TEST_CASE("identifiers and names are not empty, not too long and of one line") {
  for (const char* field : {"/source", "/id", "/agreement", "/agreement_version", "/kind", "/account_id",
                            "/reference", "/recipient/locale", "/recipient/user_id"}) {
    refused(with(full_request(), field, ""), "invalid_value", field);
    refused(with(full_request(), field, std::string(201, 'x')), "invalid_value", field);
    refused(with(full_request(), field, std::string(67, 'x') + std::string("通知") + std::string(128, 'x')),
            "invalid_value", field);
    refused(with(full_request(), field, "a\r\nBcc: x"), "invalid_value", field);
    refused(with(full_request(), field, "tab\there"), "invalid_value", field);
    refused(with(full_request(), field, std::string("a\0b", 3)), "invalid_value", field);
    refused(with(full_request(), field, "a\x7f"), "invalid_value", field);
    CHECK(decode(body_of(with(full_request(), field, std::string(200, 'x')))).ok());
  }
  refused(with(full_request(), "/recipient/name", ""), "invalid_value", "/recipient/name");
  refused(with(full_request(), "/recipient/name", std::string(401, 'x')), "invalid_value", "/recipient/name");
  refused(with(full_request(), "/recipient/name", "Wei\nBcc: x@y.z"), "invalid_value", "/recipient/name");
  CHECK(decode(body_of(with(full_request(), "/recipient/name", std::string(400, 'x')))).ok());
}

TEST_CASE("addresses") {
  refused(with(full_request(), "/recipient/email", "a@b.c\r\nRCPT TO:<x@y.z>"), "malformed_email",
          "/recipient/email");
  refused(with(full_request(), "/recipient/email", "<a@b.c>"), "malformed_email", "/recipient/email");
  refused(with(full_request(), "/recipient/email", ""), "malformed_email", "/recipient/email");
  refused(with(full_request(), "/recipient/email", std::string("a@b.c\0", 6)), "malformed_email",
          "/recipient/email");
  refused(with(full_request(), "/recipient/phone", "13800138000"), "malformed_phone", "/recipient/phone");
  refused(with(full_request(), "/recipient/phone", ""), "malformed_phone", "/recipient/phone");
}

TEST_CASE("dates and instants") {
  for (const char* text : {"", "2026-02-30", "2026-5-1", "2026-05-01T00:00:00Z", "tomorrow"}) {
    refused(with(full_request(), "/effective_date", text), "invalid_value", "/effective_date");
  }
  refused(with(full_request(), "/effective_date", std::string(200'000, '9')), "invalid_value",
          "/effective_date");
  for (const char* text : {"", "2026-03-31", "2026-03-31T09:00:00", "2026-03-31T25:00:00Z"}) {
    refused(with(full_request(), "/send_not_before", text), "invalid_value", "/send_not_before");
  }
}

TEST_CASE("channels are known, named once, at least one") {
  refused(with(full_request(), "/channels", Json::array()), "invalid_value", "/channels");
  refused(with(full_request(), "/channels", list({"email", "pigeon"})), "unknown_channel", "/channels/1");
  refused(with(full_request(), "/channels", list({""})), "unknown_channel", "/channels/0");
  refused(with(full_request(), "/channels", list({"email", "in_site", "email"})), "invalid_value",
          "/channels/2");
}

TEST_CASE("variables hold nothing that could not be written again exactly, nor disturb a message") {
  refused(with(full_request(), "/variables/amount/amount", fraction("1234.50")), "wrong_type",
          "/variables/amount/amount");
  refused(with(full_request(), "/variables/count", fraction("1.0")), "wrong_type", "/variables/count");
  refused(with(full_request(), "/variables/count", std::int64_t{9007199254740992}), "wrong_type",
          "/variables/count");
  refused(with(full_request(), "/variables/count", std::int64_t{-9007199254740992}), "wrong_type",
          "/variables/count");
  refused(with(full_request(), "/variables/count", fraction("9223372036854775808")), "wrong_type",
          "/variables/count");
  refused(with(full_request(), "/variables/x", list({1, list({fraction("2e3")})})), "wrong_type",
          "/variables/x/1/0");
  CHECK(verdict(decode(R"({"variables":{"count":1e999}})")) == "wrong_type /variables/count");
  refused(with(full_request(), "/variables/x", list({"ok", "bad\x1b[2J"})), "invalid_value",
          "/variables/x/1");
  refused(with(full_request(), "/variables/reason", "a\rb"), "invalid_value", "/variables/reason");
  refused(with(full_request(), "/variables/reason", std::string("a\0b", 3)), "invalid_value",
          "/variables/reason");
  for (const Json& value : {Json(std::int64_t{9007199254740991}), Json(std::int64_t{-9007199254740991}),
                            Json(""), Json(true), Json(nullptr), list({1, "x"}), Json("通知\n\t")}) {
    CHECK(decode(body_of(with(full_request(), "/variables/x", value))).ok());
  }
}

TEST_CASE("the first fault in a fixed order is the one that is told") {
  const Json request = with(with(full_request(), "/kind", 5), "/recipient/email", "bad");
  CHECK(verdict(decode(body_of(request))) == "wrong_type /kind");
  CHECK(verdict(decode(body_of(with(request, "/zzz", 1)))) == "unknown_field /zzz");
}

TEST_CASE("what the journal kept is decoded to the same request") {
  const auto original = decode(body_of(full_request()));
  REQUIRE(original.ok());
  const auto again = decode_stored_request(original->canonical, "billing", "r-1");
  REQUIRE(again.ok());
  CHECK(again->digest == original->digest);
  CHECK(again->recipient.email == original->recipient.email);
  const Json bare = without(without(full_request(), "/id"), "/source");
  const auto from_event = decode_stored_request(canonical_json(bare), "events-source", "e-9");
  REQUIRE(from_event.ok());
  CHECK(from_event->source == "events-source");
  CHECK(from_event->id == "e-9");
  CHECK(verdict(decode_stored_request(original->canonical, "billing", "another")) == "id_mismatch /id");
  CHECK(verdict(decode_stored_request("{", "billing", "r-1")) == "not_json ");
}

TEST_CASE("a rejection says what to change and quotes neither address nor content") {
  const std::string marker = "q7marker";
  for (const char* field : {"/source", "/kind", "/recipient/name", "/recipient/locale", "/recipient/email",
                            "/recipient/phone", "/recipient/user_id", "/variables/reason", "/effective_date",
                            "/send_not_before", "/reference", "/channels/0",
                            "/"
                            "q7marker",
                            "/recipient/q7marker"}) {
    for (const Json& request : {full_request(), event_around(full_request())}) {
      const std::string place = (request.find("data") != nullptr ? "/data" : "") + std::string(field);
      const auto decoded = decode(body_of(with(request, place, marker + "\r\n@example.com")));
      INFO(field);
      REQUIRE_FALSE(decoded.ok());
      CHECK(decoded.error().message.size() > 20);
      CHECK(decoded.error().message.find(marker) == std::string::npos);
    }
  }
  const auto twice = decode(R"({"q7marker@example.com":1,"q7marker@example.com":2})");
  REQUIRE_FALSE(twice.ok());
  CHECK(twice.error().message.find(marker) == std::string::npos);
}
