#include "channels/sms/kannel_request.hpp"

#include <catch2/catch.hpp>

#include "channels/sms/kannel_report.hpp"
#include "gateway/base/url.hpp"

using namespace duenotice;
using namespace duenotice::channels;

namespace {

KannelOptions options() {
  KannelOptions out;
  out.sendsms_url = "http://127.0.0.1:13013/cgi-bin/sendsms";
  out.username = "gw";
  out.password = "se&cret";
  out.sender = "Example Ltd";
  out.report_url = "http://127.0.0.1:8075/sms/reports";
  out.report_key = "key";
  return out;
}

Query query_of(const std::string& content, const std::string& to = "+8613800138000") {
  const std::string url = kannel_request_url(options(), {.notice_id = "01ARZ3NDEKTSV4RRFFQ69G5FAV",
                                                         .revision = 2,
                                                         .attempt = 3,
                                                         .address = to,
                                                         .content = content});
  const std::string start = options().sendsms_url + "?";
  REQUIRE(url.starts_with(start));
  const auto query = parse_query(std::string_view(url).substr(start.size()));
  REQUIRE(query.has_value());
  return *query;
}

}  // namespace

TEST_CASE("a sendsms request names everything once") {
  const Query expected = {
      {"username", "gw"},
      {"password", "se&cret"},
      {"from", "Example Ltd"},
      {"to", "+8613800138000"},
      {"coding", "0"},
      {"charset", "UTF-8"},
      {"text", "Terms & conditions: 10 € = 100 %\n+1"},
      {"dlr-mask", "31"},
      {"dlr-url", kannel_report_url(options().report_url, "key", "01ARZ3NDEKTSV4RRFFQ69G5FAV", 3)}};
  CHECK(query_of("Terms & conditions: 10 € = 100 %\n+1") == expected);
}

TEST_CASE("what is not in the GSM alphabet goes as UCS-2") {
  const Query query = query_of("【示例】您好");
  CHECK(*find_in_query(query, "coding") == "2");
  CHECK(*find_in_query(query, "charset") == "UTF-8");
  CHECK(*find_in_query(query, "text") == "【示例】您好");
}

TEST_CASE("no text can bring parameters of its own") {
  CHECK(query_of("a&to=+8613800138001&text=b").size() == query_of("a").size());
}

TEST_CASE("asking about the login names no recipient") {
  CHECK(kannel_login_url(options()) ==
        "http://127.0.0.1:13013/cgi-bin/sendsms?username=gw&password=se%26cret");
}
