#pragma once
#include <string>
#include <vector>

#include "gateway/base/json.hpp"
#include "gateway/base/sqlite.hpp"
#include "gateway/journal/field_opening.hpp"
#include "gateway/journal/opening_record.hpp"
#include "gateway/journal/subject_keys.hpp"

namespace duenotice {

/// Reads the openings of events. One thread.
class EventOpenings {
 public:
  /// `database` and `keys`, which are on it, outlive this object.
  EventOpenings(sqlite::Database& database, SubjectKeys& keys);

  struct Opened {
    SubjectKeys::Standing standing = SubjectKeys::Standing::readable;
    std::vector<FieldOpening> fields;  ///< none unless `readable`
  };
  /// Those of one event, whose bytes say `document`, in the order in which it was given them.
  Opened of(std::int64_t sequence, const Json& document);

 private:
  FieldOpening open(const OpeningRecord& record, SubjectNumber subject, const Json& document);

  sqlite::Database& database_;
  SubjectKeys& keys_;
  sqlite::Statement records_;
};

/// Empty when the commitments of an event, whose bytes say `document`, are exactly those that its openings
/// open, or nobody can open them any more; else what is wrong, without any of the payload.
std::string fault_in(const EventOpenings::Opened& opened, const Json& document);

}  // namespace duenotice
