#include "gateway/app/export_manifest.hpp"

#include "gateway/app/audit_filter.hpp"
#include "gateway/app/terminal.hpp"
#include "gateway/app/version.hpp"

namespace duenotice::app {

namespace {

constexpr const char* notices_rule =
    "Every notice up to up_to_notice that fits the query, one row for each of its deliveries, in the order "
    "of "
    "acceptance. Each notice is as it was when it was read: in one snapshot, after event up_to_sequence and "
    "not after event read_until_sequence. gap_free says whether every notice from 1 to up_to_notice is "
    "there.";
constexpr const char* events_rule =
    "Every event up to up_to_sequence, one row for each. gap_free says whether every number from 1 to "
    "up_to_sequence is there.";
constexpr const char* some_events_rule =
    "Every event up to up_to_sequence of every notice that fits the query, notice by notice in the order of "
    "acceptance. Events of other notices and of the gateway itself are left out.";

const char* rule(const ExportQuestion& question) {
  if (question.rows == ExportRows::notices) return notices_rule;
  return question.filter.filters_nothing() ? events_rule : some_events_rule;
}

Json positive_or_null(std::int64_t number) { return number > 0 ? Json(number) : Json(); }

}  // namespace

Json export_manifest(const ExportQuestion& question, const ExportStanding& standing,
                     const ExportedFile& file) {
  Json json = Json::object();
  json["file"] = as_utf8(file.name);
  json["rows"] = to_text(question.rows);
  json["format"] = name_of(file.format);
  json["row_count"] = file.rows;
  json["bytes"] = file.bytes;
  json["sha256"] = file.digest.hex();
  json["columns"] = Json::array();
  for (const ExportColumn& column : export_columns(question.rows))
    json["columns"].push_back(Json::Object{{"name", column.name}, {"kind", to_text(column.kind)}});
  json["query"] = audit_filter_json(question.filter, question.unmasked);
  json["unmasked"] = question.unmasked;
  json["up_to_notice"] = standing.up_to_notice;
  json["up_to_sequence"] = standing.up_to_event.sequence;
  json["up_to_event_at"] =
      standing.up_to_event.sequence == 0 ? Json() : Json(to_text(standing.up_to_event.at));
  json["read_until_sequence"] = standing.read_until;
  json["first_sequence"] = positive_or_null(standing.first_sequence);
  json["last_sequence"] = positive_or_null(standing.last_sequence);
  json["gap_free"] = standing.gap_free ? Json(*standing.gap_free) : Json();
  json["missing"] = Json::array();
  for (const auto& [first, last] : standing.gaps)
    json["missing"].push_back(Json::Array{Json(first), Json(last)});
  json["rule"] = rule(question);
  json["started_at"] = to_text(file.started_at);
  json["made_at"] = to_text(file.made_at);
  json["program"] = std::string("duenotice ") + version;
  json["journal_schema"] = standing.schema;
  return json;
}

}  // namespace duenotice::app
