#include "gateway/journal/opening_record.hpp"

#include "gateway/base/assert.hpp"
#include "gateway/base/sqlite.hpp"
#include "gateway/evidence/big_endian.hpp"
#include "gateway/evidence/merkle_hasher.hpp"

namespace duenotice {
namespace {

using evidence::from_big_endian;
using evidence::to_big_endian;

class Reader {
 public:
  explicit Reader(std::string_view rest) : rest_(rest) {}

  bool done() const { return rest_.empty(); }
  std::string_view take(std::size_t bytes) {
    if (rest_.size() < bytes) damaged();
    const std::string_view taken = rest_.substr(0, bytes);
    rest_.remove_prefix(bytes);
    return taken;
  }
  std::uint64_t number(std::size_t bytes) { return from_big_endian(take(bytes)); }
  [[noreturn]] static void damaged() {
    throw sqlite::SqliteError(sqlite::SqliteError::Kind::corrupt, 0,
                              "the journal is damaged: the openings of an event");
  }

 private:
  std::string_view rest_;
};

PayloadPlace place_of(std::uint64_t code) {
  if (code > static_cast<std::uint64_t>(PayloadPlace::selection)) Reader::damaged();
  return static_cast<PayloadPlace>(code);
}

}  // namespace

std::string opening_bound_to(std::string_view notice_id, std::string_view field, const Digest& commitment) {
  return std::string(notice_id).append(field).append(evidence::bytes_of(commitment));
}

void append_record(const OpeningRecord& record, std::string& records) {
  DN_ASSERT(record.field.size() < 256);
  records += to_big_endian(record.field.size(), 1) + record.field;
  records += to_big_endian(static_cast<std::uint64_t>(record.place), 1);
  records += to_big_endian(static_cast<std::uint64_t>(record.row), 8);
  records += to_big_endian(record.secret.size(), 4);
  records += record.secret;
}

std::vector<OpeningRecord> read_records(std::string_view records) {
  std::vector<OpeningRecord> all;
  for (Reader reader(records); !reader.done();) {
    OpeningRecord record;
    record.field = reader.take(reader.number(1));
    record.place = place_of(reader.number(1));
    record.row = static_cast<std::int64_t>(reader.number(8));
    record.secret = reader.take(reader.number(4));
    all.push_back(std::move(record));
  }
  return all;
}

}  // namespace duenotice
