#pragma once
#include "gateway/base/sqlite.hpp"

namespace duenotice {

/// Everything read while it lives is of one moment, whatever the gateway commits meanwhile. The write-ahead
/// log cannot be folded back behind that moment, so it should not live long.
class Snapshot {
 public:
  explicit Snapshot(sqlite::Database& database) : database_(database) { database_.run("BEGIN"); }
  ~Snapshot() {
    try {
      database_.run("COMMIT");
    } catch (const sqlite::SqliteError&) {
      // It only read: there is nothing to lose, and the next BEGIN says what is wrong.
    }
  }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  sqlite::Database& database_;
};

}  // namespace duenotice
