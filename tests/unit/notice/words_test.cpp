#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <set>

#include "gateway/notice/channel.hpp"
#include "gateway/notice/outcome.hpp"
#include "gateway/notice/rejection.hpp"
#include "gateway/notice/states.hpp"

using namespace duenotice;

TEST_CASE("the words of channels and outcomes are read back") {
  for (const char* word : {"email", "in_site", "sms"}) CHECK(to_text(parse_channel(word).value()) == word);
  for (const char* word :
       {"sent", "relayed", "transient_failure", "permanent_failure", "unknown", "not_started"}) {
    CHECK(to_text(parse_outcome(word).value()) == word);
  }
  for (const char* word : {"", "Email", "fax", "email "}) CHECK_FALSE(parse_channel(word));
  for (const char* word : {"", "SENT", "failed"}) CHECK_FALSE(parse_outcome(word));
}

TEST_CASE("the words of states are read back") {
  for (const char* word :
       {"waiting", "in_flight", "relayed", "sent", "failed", "held", "cancelled", "not_needed"}) {
    CHECK(to_text(parse_delivery_state(word).value()) == word);
  }
  for (const char* word : {"accepted", "sending", "deemed_delivered", "held", "failed", "cancelled"}) {
    CHECK(to_text(parse_notice_state(word).value()) == word);
  }
  CHECK_FALSE(parse_delivery_state("accepted"));
  CHECK_FALSE(parse_notice_state("waiting"));
  CHECK_FALSE(parse_notice_state(""));
}

TEST_CASE("every rejection code has a word of its own") {
  const std::vector<std::string> codes = rejection_codes();
  CHECK(std::set<std::string>(codes.begin(), codes.end()).size() == codes.size());
  CHECK(codes.size() == static_cast<std::size_t>(RejectionCode::conflict) + 1);
  CHECK(codes.front() == "not_utf8");
  CHECK(codes.back() == "conflict");
  CHECK(to_text(RejectionCode::lead_time_too_short) == "lead_time_too_short");
}

TEST_CASE("the AsyncAPI document lists every rejection code") {
  std::ifstream file(SOURCE_DIR "/gateway/notice/asyncapi.yaml");
  const std::string document{std::istreambuf_iterator<char>(file), {}};
  REQUIRE_FALSE(document.empty());
  for (const std::string& code : rejection_codes()) {
    INFO(code);
    CHECK(document.find("        - " + code + "\n") != std::string::npos);
  }
}

TEST_CASE("a pointer is cut back to what can be quoted") {
  CHECK(quotable_pointer("") == "");
  CHECK(quotable_pointer("/data/recipient/email") == "/data/recipient/email");
  CHECK(quotable_pointer("/变量/a~1b/") == "/变量/a~1b/");
  CHECK(quotable_pointer("/data/x\r\nInjected: header/y") == "/data");
  CHECK(quotable_pointer(std::string_view("/a\0b", 4)) == "");
  CHECK(quotable_pointer("/a/" + std::string(200, 'k')) == "/a/" + std::string(200, 'k'));
  CHECK(quotable_pointer("/a/" + std::string(201, 'k') + "/b") == "/a");
  CHECK(quotable_pointer("/recipient/zhang@customer.example/x") == "/recipient");
  CHECK(quotable_pointer("/variables/+86 138-0013") == "/variables");
  CHECK(quotable_pointer("/variables/2026-12-1") == "/variables");
  CHECK(quotable_pointer("/variables/2026-12") == "/variables/2026-12");
  std::string deep;
  for (int i = 0; i < 300; ++i) deep += "/level";
  CHECK(quotable_pointer(deep).size() == 996);
}
