#include "templates/calendar_file.hpp"

#include "gateway/base/digest.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/base/table_reader.hpp"

namespace duenotice::templates {
namespace {

bool is_weekend(CalendarDate day) {
  const std::chrono::weekday weekday(day);
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

/// The year that a key names; empty when it is none.
std::optional<int> year_of(const std::string& key) {
  const auto first = parse_date(key + "-01-01");
  if (!first || key.size() != 4) return std::nullopt;
  return static_cast<int>(std::chrono::year_month_day(*first).year());
}

class CalendarReader {
 public:
  CalendarReader(const TomlNode& root, Findings& findings) : root_(root, "", findings), findings_(findings) {}

  std::map<int, RestDays::Year> read() {
    std::map<int, RestDays::Year> years;
    const TomlNode* table = root_.table("year", true);
    root_.refuse_unknown_keys();
    if (table == nullptr) return years;
    TableReader reader(*table, "[year]", findings_);
    for (const auto& [key, node] : std::get<TomlNode::Table>(table->value)) {
      const auto year = year_of(key);
      if (!year) {
        reader.fault(key, node, "is no year such as 2026");
      } else if (const TomlNode* entry = reader.table(key, true)) {
        years[*year] = read_year(*year, *entry);
      }
    }
    return years;
  }

 private:
  RestDays::Year read_year(int year, const TomlNode& table) {
    TableReader reader(table, "[year." + std::to_string(year) + "]", findings_);
    RestDays::Year days;
    if (reader.need("rest") != nullptr) days.rest = dates(reader, "rest", year);
    if (reader.find("work") != nullptr) days.work = dates(reader, "work", year);
    reader.refuse_unknown_keys();
    if (const TomlNode* rest = reader.find("rest");
        rest != nullptr && rest->as<TomlNode::List>() != nullptr && rest->as<TomlNode::List>()->empty()) {
      reader.fault("rest", *rest, "must not be empty");
    }
    for (const CalendarDate day : days.work) {
      const TomlNode& work = *reader.find("work");
      if (days.rest.contains(day)) {
        reader.fault("work", work, "names " + to_text(day) + ", which is under 'rest' too");
      } else if (!is_weekend(day)) {
        reader.fault("work", work, "names " + to_text(day) + ", which is no Saturday or Sunday");
      }
    }
    return days;
  }

  std::set<CalendarDate> dates(TableReader& reader, std::string_view key, int year) {
    std::set<CalendarDate> out;
    const TomlNode& node = *reader.find(key);
    const auto* list = node.as<TomlNode::List>();
    if (list == nullptr) {
      reader.wrong_type(key, node, "a list of dates without quotes, such as [2026-10-01]");
      return out;
    }
    for (const TomlNode& element : *list) {
      const CalendarDate* day = element.as<CalendarDate>();
      if (day == nullptr) {
        reader.wrong_type(key, element, "a list of dates without quotes, such as [2026-10-01]");
      } else if (static_cast<int>(std::chrono::year_month_day(*day).year()) != year) {
        reader.fault(key, element, "names " + to_text(*day) + ", which is in another year");
      } else if (!out.insert(*day).second) {
        reader.fault(key, element, "names " + to_text(*day) + " twice");
      }
    }
    return out;
  }

  TableReader root_;
  Findings& findings_;
};

}  // namespace

RestDays read_calendar_file(std::string_view content, Findings& findings) {
  const auto root = read_toml(content, findings);
  if (!root) return {};
  const std::string name = findings.file().filename().string();
  if (name.size() > limits::agreement_name_bytes)
    findings.add(0, "has a name of more than " + std::to_string(limits::agreement_name_bytes) +
                        " bytes; every event that counts with it names it");
  auto years = CalendarReader(*root, findings).read();
  return {name + " sha256:" + sha256(content).hex(), std::move(years)};
}

}  // namespace duenotice::templates
