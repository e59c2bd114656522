#include "gateway/journal/notice_rows.hpp"

#include <array>

#include "gateway/journal/rows.hpp"

namespace duenotice {
namespace {

using sqlite::Statement;
using Kind = ValueKind;
using Read = ExportValue (*)(const Statement& row, int column);

ExportValue integer(const Statement& row, int column) {
  return row.is_null(column) ? ExportValue{} : ExportValue{false, row.integer(column), {}};
}

/// Also the bytes of a digest.
ExportValue text(const Statement& row, int column) {
  return row.is_null(column) ? ExportValue{} : ExportValue{false, 0, row.view(column)};
}

/// A text that stands empty where there is nothing to say.
ExportValue word(const Statement& row, int column) {
  const std::string_view view = row.view(column);
  return view.empty() ? ExportValue{} : ExportValue{false, 0, view};
}

/// A code of the table `words`.
template <auto decode>
ExportValue code(const Statement& row, int column) {
  return row.is_null(column) ? ExportValue{} : ExportValue{false, 0, to_text(decode(row.integer(column)))};
}

struct Source {
  std::string_view name;
  ValueKind kind;
  Read read;
  std::string_view sql;
  std::string_view meaning;
};

constexpr std::string_view replays_sql =
    "(SELECT group_concat(id, ' ') FROM (SELECT DISTINCT j.id FROM attempts AS x JOIN jobs AS j "
    "ON j.job = x.job WHERE x.notice = d.notice AND x.channel = d.channel ORDER BY j.job))";
constexpr std::string_view receipts_sql =
    "(SELECT group_concat(kind || ' ' || at, ' ') FROM (SELECT c.kind, c.at FROM attempts AS x "
    "JOIN receipts AS c ON c.attempt = x.attempt WHERE x.notice = d.notice AND x.channel = d.channel "
    "ORDER BY c.receipt))";

// As in rows::notice_columns.
constexpr std::string_view sandbox_sql =
    "CASE WHEN n.deemed_channel IS NULL THEN n.sandbox ELSE coalesce((SELECT max(s.sandbox) FROM "
    "deliveries AS s WHERE s.notice = n.number AND (s.channel = n.deemed_channel OR n.required > 1 AND "
    "s.counts AND s.state = 3)), n.sandbox) END";

// One line a column: what it is called, what it is, and where it comes from. `n` is the notice, `d` the
// delivery, `a` the deciding attempt, `r` the message of that attempt, or of the next one.
constexpr std::array sources{
    Source{"notice_id", Kind::text, text, "n.id", "the notice"},
    Source{"account_id", Kind::text, word, "n.account_id", "the account that it is for"},
    Source{"legal_date", Kind::date, integer, "n.deemed_on",
           "the day on which the agreement deems it delivered; empty while it has none"},
    Source{"time_zone", Kind::text, text, "n.time_zone", "the zone of all its dates"},
    Source{"state", Kind::text, code<rows::notice_state>, "n.state", "the notice's state"},
    Source{"sandbox", Kind::flag, integer, sandbox_sql,
           "its legal date rests on a channel that wrote to files; without a date: some channel of it does"},
    Source{"kind", Kind::text, text, "n.kind", "the kind of notice"},
    Source{"clause", Kind::text, text, "n.clause", "the clause that demands it"},
    Source{"also_clauses", Kind::text, word, "n.also_clauses",
           "further clauses under which it is given, a comma and a space between"},
    Source{"legal_rule", Kind::text, text, "n.deemed_rule", "the rule that made the legal date"},
    Source{"legal_clause", Kind::text, text, "n.deemed_clause", "where that rule stands"},
    Source{"legal_channel", Kind::text, code<rows::channel>, "n.deemed_channel",
           "the channel whose sending made it"},
    Source{"legal_attempt", Kind::integer, integer, "n.deemed_attempt", "the attempt whose sending made it"},
    Source{"legal_instant", Kind::instant, integer, "n.deemed_at", "when its positive reply was read"},
    Source{"agreement", Kind::text, text, "n.agreement", "the agreement"},
    Source{"agreement_version", Kind::text, text, "n.agreement_version", "its version"},
    Source{"agreement_sha256", Kind::digest, text, "n.agreement_digest",
           "of the agreement's files as they were used"},
    Source{"source", Kind::text, word, "n.source", "the publisher"},
    Source{"request_id", Kind::text, text, "nullif(n.request_id, n.id)",
           "the publisher's own name for the request"},
    Source{"request_sha256", Kind::digest, text, "nullif(n.request_digest, zeroblob(32))",
           "of the canonical JSON of the request"},
    Source{"reference", Kind::text, text, "n.reference", "the publisher's own reference"},
    Source{"locale", Kind::text, text, "n.locale", "the language it is written in"},
    Source{"accepted_at", Kind::instant, integer, "n.accepted_at", "when it was accepted"},
    Source{"effective_date", Kind::date, integer, "n.effective_date", "from which day it takes effect"},
    Source{"earliest_effective_date", Kind::date, integer, "n.earliest_effective_date",
           "the first lawful one, as last computed"},
    Source{"must_be_sent_by", Kind::date, integer, "n.must_be_sent_by",
           "the last day whose sending makes the effective date lawful"},
    Source{"lead_days", Kind::integer, integer, "n.lead_days", "the days' notice that the clause demands"},
    Source{"lead_time_broken", Kind::flag, integer, "n.lead_time_broken",
           "it was sent later than the agreement allows"},
    Source{"late_accepted", Kind::flag, integer, "n.late_accepted",
           "a person decided that it goes out although it is late"},
    Source{"calendar", Kind::text, text, "n.calendar", "the rest days that its dates were counted with"},
    Source{"required_channels", Kind::integer, integer, "n.required",
           "how many counting channels the clause demands"},
    Source{
        "channels_left_out", Kind::text, word, "n.channels_left_out",
        "channels that it goes without because its words are too long for them, a comma and a space between"},
    Source{"channel", Kind::text, code<rows::channel>, "d.channel", "the delivery's channel"},
    Source{"counts", Kind::flag, integer, "d.counts", "it counts for the clause; a copy does not"},
    Source{"decides", Kind::flag, integer, "coalesce(d.channel = n.deemed_channel, 0)",
           "its sending made the legal date"},
    Source{"delivery_state", Kind::text, code<rows::delivery_state>, "d.state", "the delivery's state"},
    Source{"delivery_reason", Kind::text, word, "d.reason", "why it is held, failed or not needed"},
    Source{"delivery_state_since", Kind::instant, integer, "d.state_since", "since when"},
    Source{"delivery_sandbox", Kind::flag, integer, "d.sandbox", "it wrote to files instead of sending"},
    Source{"address_masked", Kind::text, word, "r.address_masked",
           "where the message below went or goes, masked"},
    Source{"address", Kind::text, word, "CASE WHEN ?2 THEN r.address END",
           "the same as it is; empty without --unmasked"},
    Source{"attempts", Kind::integer, integer, "d.attempts", "how many attempts there were"},
    Source{"unknown_outcomes", Kind::integer, integer, "d.unknowns",
           "how many of them ended without an answer"},
    Source{"replays", Kind::text, text, replays_sql,
           "the replays that asked for attempts, by id, a space between"},
    Source{"attempt", Kind::integer, integer, "a.number",
           "the deciding attempt: the first that was sent, else the last"},
    Source{"attempt_started_at", Kind::instant, integer, "a.started_at", "when it was started"},
    Source{"attempt_ended_at", Kind::instant, integer, "a.ended_at", "when it ended"},
    Source{"outcome", Kind::text, code<rows::outcome>, "a.outcome",
           "how it ended; empty while it is under way"},
    Source{"code", Kind::text, word, "a.code", "the provider's code or a stable word"},
    Source{"reply", Kind::bytes, word, "unsealed(n.subject, 'reply', a.reply)",
           "the provider's reply, byte for byte"},
    Source{"provider_id", Kind::text, word, "a.provider_id", "the provider's own id of the message"},
    Source{"possible_duplicate", Kind::flag, integer, "a.possible_duplicate",
           "it was sent again after an unknown outcome"},
    Source{"revision", Kind::integer, integer, "r.revision",
           "of the message: that of the deciding attempt, else of the next one"},
    Source{"message_id", Kind::text, word, "r.message_id",
           "the email's Message-ID without the angle brackets"},
    Source{"content_sha256", Kind::digest, text, "nullif(r.digest, zeroblob(32))",
           "of the exact bytes; `show --raw` gives them"},
    Source{"template_sha256", Kind::digest, text, "r.template_digest", "of the text file it was made from"},
    Source{"erased", Kind::flag, integer, "n.account_id = ''",
           "its account was erased: what is about a person is empty"},
    Source{"receipts", Kind::text, text, receipts_sql,
           "what the other side said later: kind and instant, `; ` between"},
};
constexpr std::size_t receipts_column = sources.size() - 1;

/// `3 1767225600000 4 …` as `delivered 2026-01-01T00:00:00.000Z; undelivered …`
std::string receipts_in_words(std::string_view pairs) {
  std::string words;
  const auto number = [&] {
    const std::size_t end = std::min(pairs.find(' '), pairs.size());
    const std::int64_t value = std::stoll(std::string(pairs.substr(0, end)));
    pairs.remove_prefix(std::min(end + 1, pairs.size()));
    return value;
  };
  while (!pairs.empty()) {
    const ReceiptKind kind = rows::receipt_kind(number());
    words += (words.empty() ? "" : "; ") + std::string(to_text(kind)) + " " + to_text(from_unix_ms(number()));
  }
  return words;
}

}  // namespace

NoticeRows::NoticeRows(sqlite::Database& database, bool unmasked)
    : rows_(database.prepare(statement("n.number = ?1"))), unmasked_(unmasked), values_(sources.size()) {}

std::span<const ExportColumn> NoticeRows::columns() {
  static const auto columns = [] {
    std::array<ExportColumn, sources.size()> all;
    for (std::size_t i = 0; i < all.size(); ++i)
      all[i] = {sources[i].name, sources[i].kind, sources[i].meaning};
    return all;
  }();
  return columns;
}

std::string NoticeRows::statement(std::string_view where) {
  std::string columns;
  for (const Source& source : sources) columns += (columns.empty() ? "" : ", ") + std::string(source.sql);
  const std::string of_delivery =
      "SELECT attempt FROM attempts WHERE notice = d.notice AND channel = d.channel ";
  return "SELECT " + columns +
         " FROM notices AS n LEFT JOIN deliveries AS d ON d.notice = n.number LEFT JOIN attempts AS a "
         "ON a.attempt = coalesce((" +
         of_delivery + "AND outcome = 0 ORDER BY number LIMIT 1), (" + of_delivery +
         "ORDER BY number DESC LIMIT 1)) LEFT JOIN renderings AS r ON r.notice = d.notice "
         "AND r.channel = d.channel AND r.revision = coalesce(a.revision, d.revision) "
         "WHERE " +
         std::string(where) + " ORDER BY n.number, d.channel";
}

void NoticeRows::read() {
  for (std::size_t i = 0; i < sources.size(); ++i) values_[i] = sources[i].read(rows_, static_cast<int>(i));
  if (values_[receipts_column].null) return;
  receipts_ = receipts_in_words(values_[receipts_column].bytes);
  values_[receipts_column].bytes = receipts_;
}

}  // namespace duenotice
