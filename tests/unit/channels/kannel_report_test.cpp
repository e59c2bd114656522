#include "channels/sms/kannel_report.hpp"

#include <catch2/catch.hpp>

#include "gateway/base/limits.hpp"

using namespace duenotice;
using namespace duenotice::channels;
using Catch::Contains;

namespace {

const std::string notice = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
const std::string key = "a secret of ours";
const std::string here = "http://127.0.0.1:8075/sms/reports";

/// The path that the `dlr-url` of an attempt has.
std::string path_of(int attempt, const std::string& with = key) {
  const std::string url = kannel_report_url(here, with, notice, attempt);
  return url.substr(url.find("/sms/"), url.find('?') - url.find("/sms/"));
}

Report good(const std::string& query, int attempt = 3) {
  const auto report = parse_kannel_report(path_of(attempt), query, key);
  REQUIRE(report.ok());
  CHECK(report->notice_id == notice);
  CHECK(report->channel == Channel::sms);
  CHECK(report->attempt == attempt);
  return *report;
}

KannelReportFault fault(const std::string& path, const std::string& query = "step=8") {
  const auto report = parse_kannel_report(path, query, key);
  REQUIRE_FALSE(report.ok());
  return report.error();
}

}  // namespace

TEST_CASE("the report URL names the attempt and leaves Kannel its places") {
  const std::string url = kannel_report_url(here, key, notice, 3);
  CHECK_THAT(url, Catch::StartsWith(here + "/" + notice + "/3/") &&
                      Catch::EndsWith("?step=%d&parts=1&id=%F&answer=%A&smsc=%i&at=%T"));
  CHECK_THAT(kannel_report_url(here, key, notice, 3, 4), Contains("&parts=4&"));
  CHECK(url.size() < 255);
  CHECK(url.find(key) == std::string::npos);
}

TEST_CASE("each step of Kannel is a kind of receipt") {
  CHECK(good("step=8").kind == ReceiptKind::accepted);
  CHECK(good("step=16").kind == ReceiptKind::refused);
  CHECK(good("step=4").kind == ReceiptKind::buffered);
  CHECK(good("step=1").kind == ReceiptKind::delivered);
  CHECK(good("step=2").kind == ReceiptKind::undelivered);
}

TEST_CASE("the end of the first part is not the end of all of them") {
  CHECK(good("step=1&parts=1").kind == ReceiptKind::delivered);
  CHECK(good("step=1&parts=2").kind == ReceiptKind::part_delivered);
  CHECK(good("step=2&parts=2").kind == ReceiptKind::undelivered);
  CHECK(good("step=8&parts=2").kind == ReceiptKind::accepted);
  CHECK(good("step=16&parts=2").kind == ReceiptKind::refused);
}

TEST_CASE("a report brings the carrier's id and words, and its query as it came") {
  const std::string query = "step=16&id=4711-a&answer=NACK%2F0x0000000b%2FInvalid+Destination&smsc=A&at=1";
  const Report report = good(query, 999);
  CHECK(report.provider_id == "4711-a");
  CHECK(report.text == "NACK/0x0000000b/Invalid Destination\n" + query);
  CHECK(good("step=8&id=").provider_id.empty());
  CHECK(good("step=8&id=%00%01").provider_id.empty());
  CHECK(good("step=8&id=" + std::string(101, 'x')).provider_id.empty());
  CHECK(good("step=8&answer=%ff").text == "step=8&answer=%ff");
  CHECK(good("step=8&answer=a%00b").text == "step=8&answer=a%00b");
  CHECK(good("step=8&answer=%E5%A5%BD").text == "好\nstep=8&answer=%E5%A5%BD");
}

TEST_CASE("what we did not sign is not ours") {
  const std::string path = path_of(3);
  std::string changed = path;
  changed.back() = changed.back() == '0' ? '1' : '0';
  CHECK(fault(changed) == KannelReportFault::not_ours);
  CHECK(fault(path_of(3, "another secret")) == KannelReportFault::not_ours);
  CHECK(fault(path + "0") == KannelReportFault::not_ours);
  CHECK(fault(path.substr(0, path.size() - 1)) == KannelReportFault::not_ours);
  CHECK(fault(path + "/x") == KannelReportFault::not_ours);
  // The code of attempt 3 is not that of attempt 4, nor of another notice.
  std::string other = path;
  other.replace(other.find("/3/"), 3, "/4/");
  CHECK(fault(other) == KannelReportFault::not_ours);
  other = path;
  other.replace(other.find("FAV"), 3, "FAX");
  CHECK(fault(other) == KannelReportFault::not_ours);
  CHECK(fault("/sms/reports") == KannelReportFault::not_ours);
  CHECK(fault("/sms/reports/") == KannelReportFault::not_ours);
  CHECK(fault("/sms/reportsx/a/b/c") == KannelReportFault::malformed);
  CHECK(fault("") == KannelReportFault::malformed);
}

TEST_CASE("what is signed but says nothing that Kannel says is malformed") {
  for (const std::string query : {"", "step=", "step=3", "step=32", "step=08", "step=8x", "id=1", "step=%zz",
                                  "step=8&id=%", "step=8\n", "step=8\xff"}) {
    INFO(query);
    CHECK(fault(path_of(3), query) == KannelReportFault::malformed);
  }
  CHECK(fault(path_of(3), "step=8&x=" + std::string(limits::sms_report_bytes, 'x')) ==
        KannelReportFault::malformed);
}
