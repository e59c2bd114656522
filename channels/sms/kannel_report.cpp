#include "channels/sms/kannel_report.hpp"

#include <algorithm>
#include <charconv>

#include "gateway/base/digest.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/base/url.hpp"
#include "gateway/base/utf8.hpp"

namespace duenotice::channels {
namespace {

/// 128 bits.
constexpr std::size_t code_characters = 32;
constexpr std::size_t notice_id_characters = 26;
/// What carriers give as an id; a longer one still stands in the report's text.
constexpr std::size_t provider_id_bytes = 100;

std::string code_of(std::string_view key, std::string_view notice_id, std::string_view attempt) {
  const std::string what = "sms report " + std::string(notice_id) + "." + std::string(attempt);
  return hmac_sha256(key, what).hex().substr(0, code_characters);
}

std::optional<ReceiptKind> kind_of(std::string_view step) {
  if (step == "1") return ReceiptKind::delivered;
  if (step == "2") return ReceiptKind::undelivered;
  if (step == "4") return ReceiptKind::buffered;
  if (step == "8") return ReceiptKind::accepted;
  if (step == "16") return ReceiptKind::refused;
  return std::nullopt;
}

bool is_printable_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

/// Takes what stands before the next slash off the front.
std::string_view next_segment(std::string_view& path) {
  const std::string_view segment = path.substr(0, path.find('/'));
  path.remove_prefix(std::min(segment.size() + 1, path.size()));
  return segment;
}

std::string words_of(const Query& fields, std::string_view query) {
  const std::string* answer = find_in_query(fields, "answer");
  const bool readable = answer != nullptr && !answer->empty() && is_utf8(*answer) &&
                        std::none_of(answer->begin(), answer->end(), [](char c) {
                          return (static_cast<unsigned char>(c) < ' ' && c != '\n') || c == '\x7f';
                        });
  return (readable ? *answer + "\n" : std::string()) + std::string(query);
}

}  // namespace

std::string kannel_report_url(std::string_view report_url, std::string_view key, std::string_view notice_id,
                              int attempt, int parts) {
  const std::string number = std::to_string(attempt);
  return std::string(report_url) + "/" + std::string(notice_id) + "/" + number + "/" +
         code_of(key, notice_id, number) + "?step=%d&parts=" + std::to_string(parts) +
         "&id=%F&answer=%A&smsc=%i&at=%T";
}

Result<Report, KannelReportFault> parse_kannel_report(std::string_view path, std::string_view query,
                                                      std::string_view key) {
  if (!path.starts_with(kannel_report_path) || query.size() > limits::sms_report_bytes)
    return KannelReportFault::malformed;
  path.remove_prefix(kannel_report_path.size());
  if (!next_segment(path).empty()) return KannelReportFault::malformed;
  const std::string_view notice_id = next_segment(path);
  const std::string_view number = next_segment(path);
  if (!equal_in_constant_time(path, code_of(key, notice_id, number))) return KannelReportFault::not_ours;

  Report report{.notice_id = std::string(notice_id), .channel = Channel::sms};
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), report.attempt);
  const bool is_number = error == std::errc() && end == number.data() + number.size();
  const auto fields = is_printable_ascii(query) ? parse_query(query) : std::nullopt;
  const std::string* step = fields ? find_in_query(*fields, "step") : nullptr;
  const auto kind = step != nullptr ? kind_of(*step) : std::nullopt;
  if (!is_number || report.attempt < 1 || notice_id.size() > notice_id_characters || !kind)
    return KannelReportFault::malformed;
  report.kind = *kind;
  const std::string* parts = find_in_query(*fields, "parts");
  const bool whole = parts == nullptr || *parts == "1";
  if (report.kind == ReceiptKind::delivered && !whole) report.kind = ReceiptKind::part_delivered;
  const std::string* id = find_in_query(*fields, "id");
  if (id != nullptr && id->size() <= provider_id_bytes && is_printable_ascii(*id)) report.provider_id = *id;
  report.text = words_of(*fields, query);
  return report;
}

}  // namespace duenotice::channels
