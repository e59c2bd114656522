#pragma once
#include <string>
#include <string_view>

#include "channels/channel.hpp"

/// Kannel's delivery reports: the URL that asks for them, and what they say when they come. Kannel calls that
/// URL once for each step of a message, with its own values in the places of `%d` (which step), `%F` (the
/// carrier's id of the message), `%A` (what the carrier said), `%i` (which connection) and `%T` (when).
///
/// The URL names the attempt and ends in a code that only we can make: the first half of HMAC-SHA256 over
/// what it names. So nobody can make up a report, and none counts for another attempt.
///
/// | step (`%d`) | is |
/// |---|---|
/// | 8 | accepted: the carrier has it (all parts of a long message) |
/// | 16 | refused: the carrier did not take it (or not all of its parts) |
/// | 4 | buffered: the carrier keeps it to try again |
/// | 1, 2 | delivered, undelivered: the end of it; of several parts that of the first one: part delivered |

namespace duenotice::channels {

/// Below this path reports are taken: `/sms/reports/<notice id>/<attempt>/<code>`.
inline constexpr std::string_view kannel_report_path = "/sms/reports";

/// The `dlr-url` of one attempt below `report_url`, which has no final slash.
/// A message of several `parts` says so, because Kannel asks for the end of the first one alone.
std::string kannel_report_url(std::string_view report_url, std::string_view key, std::string_view notice_id,
                              int attempt, int parts = 1);

enum class KannelReportFault {
  malformed,  ///< no report, or of a step that Kannel does not have
  not_ours,   ///< the code is wrong: not a URL that we made
};

/// Reads a report as it came: the path below which it was asked for and its query, still encoded. Pure. Both
/// may be any bytes from outside. `text` of the report is the carrier's words, when they can be read, and the
/// whole query.
Result<Report, KannelReportFault> parse_kannel_report(std::string_view path, std::string_view query,
                                                      std::string_view key);

}  // namespace duenotice::channels
