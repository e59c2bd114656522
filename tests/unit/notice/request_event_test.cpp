#include <catch2/catch.hpp>

#include "gateway/base/limits.hpp"
#include "tests/unit/notice/request_bodies.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

const std::string event_type = "application/cloudevents+json";

/// An event whose data has no identity; the event has.
Json event() {
  Json whole = event_around(without(without(full_request(), "/id"), "/source"));
  whole["id"] = "e-9";
  whole["source"] = "/events/billing";
  return whole;
}
std::string verdict_of(const Json& document, std::string_view content_type = event_type) {
  return verdict(decode(body_of(document), content_type));
}

}  // namespace

TEST_CASE("an event supplies the identity and the time of publishing") {
  const auto decoded = decode(body_of(with(event(), "/time", "2026-03-31T23:59:59.999+08:00")), event_type);
  REQUIRE(verdict(decoded) == "accepted");
  CHECK(decoded->id == "e-9");
  CHECK(decoded->source == "/events/billing");
  CHECK(to_text(decoded->published_at.value()) == "2026-03-31T15:59:59.999Z");
  CHECK(decoded->pointer_prefix == "/data");
}

TEST_CASE("the digest is that of the data, not of the envelope") {
  const auto first = decode(body_of(event()), event_type);
  const auto later = decode(
      body_of(with(with(event(), "/time", "2026-04-01T00:00:00Z"), "/traceparent", "00-a")), event_type);
  REQUIRE((first.ok() && later.ok()));
  CHECK(first->digest == later->digest);
  CHECK(first->digest == sha256(canonical_json(*event().find("data"))));
}

TEST_CASE("the request's own identity may stand beside an equal one, or alone") {
  const Json both = with(with(event(), "/data/id", "e-9"), "/data/source", "/events/billing");
  CHECK(verdict_of(both) == "accepted");
  CHECK(verdict_of(event_around(full_request())) == "accepted");
  CHECK(verdict_of(with(event(), "/data/id", "other")) == "id_mismatch /data/id");
  CHECK(verdict_of(with(event(), "/data/source", "other")) == "source_mismatch /data/source");
  CHECK(verdict_of(without(event(), "/id")) == "missing_field /id");
  CHECK(verdict_of(without(event(), "/source")) == "missing_field /source");
}

TEST_CASE("standard attributes and extensions are let through unread") {
  Json rich = event();
  for (const char* name : {"subject", "dataschema", "datacontenttype", "traceparent", "tracestate",
                           "partitionkey", "x2", "sequence"}) {
    rich[name] = "anything";
  }
  rich["sampledrate"] = 5;
  rich["optional"] = nullptr;
  rich["time"] = nullptr;
  CHECK(verdict_of(rich) == "accepted");
  CHECK(verdict_of(with(event(), "/data_base64", "e30=")) == "unknown_field /data_base64");
  CHECK(verdict_of(with(event(), "/Subject", "x")) == "unknown_field /Subject");
  CHECK(verdict_of(with(event(), "/", "x")) == "unknown_field /");
}

TEST_CASE("only this version and this type of event") {
  CHECK(verdict_of(without(event(), "/specversion")) == "missing_field /specversion");
  CHECK(verdict_of(with(event(), "/specversion", "0.3")) == "invalid_value /specversion");
  CHECK(verdict_of(with(event(), "/specversion", 1)) == "wrong_type /specversion");
  CHECK(verdict_of(without(event(), "/type")) == "missing_field /type");
  CHECK(verdict_of(with(event(), "/type", "com.example.other")) == "unknown_event_type /type");
  CHECK(verdict_of(with(event(), "/type", "duenotice.notice.requested.v2")) == "unknown_event_type /type");
  CHECK(verdict_of(with(event(), "/type", nullptr)) == "wrong_type /type");
}

TEST_CASE("faults of the envelope point into the envelope") {
  CHECK(verdict_of(without(event(), "/data")) == "missing_field /data");
  CHECK(verdict_of(with(event(), "/data", "{}")) == "wrong_type /data");
  CHECK(verdict_of(with(event(), "/data", nullptr)) == "wrong_type /data");
  CHECK(verdict_of(with(event(), "/time", "yesterday")) == "invalid_value /time");
  CHECK(verdict_of(with(event(), "/time", 5)) == "wrong_type /time");
  CHECK(verdict_of(with(event(), "/id", 5)) == "wrong_type /id");
  CHECK(verdict_of(with(event(), "/id", "")) == "invalid_value /id");
  CHECK(verdict_of(with(event(), "/source", "a\nb")) == "invalid_value /source");
  CHECK(verdict(decode("[]", event_type)) == "wrong_type ");
  CHECK(verdict(decode(R"({"specversion":"1.0","specversion":"1.0"})", event_type)) ==
        "duplicate_key /specversion");
}

TEST_CASE("an event is known by its content type or by its shape") {
  for (const char* type : {"application/json", "", "text/plain", "application/json; charset=utf-8"}) {
    CHECK(verdict_of(event(), type) == "accepted");
    CHECK(verdict_of(full_request(), type) == "accepted");
  }
  for (const char* type :
       {"application/cloudevents+json; charset=UTF-8", "Application/CloudEvents+JSON ;x=y"}) {
    CHECK(verdict_of(event(), type) == "accepted");
    CHECK(verdict_of(full_request(), type) == "missing_field /specversion");
  }
  CHECK(verdict_of(without(event(), "/data"), "application/json") == "unknown_field /specversion");
  CHECK(verdict(decode("[" + body_of(event()) + "]", "application/cloudevents-batch+json")) == "wrong_type ");
}

TEST_CASE("the identity of a rejected body is told as far as it can be read") {
  const auto identity = [](const std::string& body) {
    const PublishedIdentity found = published_identity(body, limits::body_bytes_default);
    return found.source + "|" + found.id;
  };
  CHECK(identity(body_of(with(full_request(), "/kind", 5))) == "billing|r-1");
  CHECK(identity(body_of(with(event(), "/type", "other"))) == "/events/billing|e-9");
  CHECK(identity(body_of(with(event(), "/data/id", "own"))) == "/events/billing|own");
  CHECK(identity(body_of(with(full_request(), "/id", std::string(201, 'x')))) == "billing|");
  CHECK(identity(body_of(with(full_request(), "/source", "a\nb"))) == "|r-1");
  CHECK(identity("[]") == "|");
  CHECK(identity("{") == "|");
  CHECK(published_identity(body_of(full_request()), 10).id.empty());
}
