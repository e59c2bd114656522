#include <cstdint>

#include "channels/sms/kannel_report.hpp"
#include "gateway/base/assert.hpp"
#include "gateway/base/limits.hpp"

/// Any request target that reaches the report listener: path, `?`, query. Behind a first byte of 1 the code
/// is made right, so that what stands behind it is reached too.

using namespace duenotice;
using namespace duenotice::channels;

namespace {

const std::string key = "fuzz";

void check(const Report& report, std::string_view query) {
  DN_ASSERT(report.attempt >= 1);
  DN_ASSERT(!to_text(report.kind).empty());
  DN_ASSERT(report.provider_id.size() <= query.size());
  DN_ASSERT(report.text.ends_with(query) && report.text.size() <= 2 * limits::sms_report_bytes + 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const bool signed_by_us = data[0] == 1;
  const std::string_view target(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::size_t question = target.find('?');
  const std::string_view query = question == std::string_view::npos ? "" : target.substr(question + 1);
  std::string path(target.substr(0, question));
  if (signed_by_us) {
    const std::string url = kannel_report_url(std::string(kannel_report_path), key, "N", 1);
    path = url.substr(0, url.find('?'));
  }
  const auto report = parse_kannel_report(path, query, key);
  DN_ASSERT(!signed_by_us || report.ok() || report.error() == KannelReportFault::malformed);
  if (report) check(*report, query);
  return 0;
}
