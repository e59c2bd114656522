#pragma once
#include <string_view>

#include "gateway/base/result.hpp"
#include "gateway/base/sqlite.hpp"

/// The layout of the journal's file and how it came to be. The file carries its version in SQLite's
/// `user_version` and the product's mark in `application_id`.

namespace duenotice {

/// schema.sql, which says what every table and column means.
extern const std::string_view journal_schema_sql;

/// The version that this program writes.
int journal_schema_version();

/// Makes the tables of an empty file, or brings an older file up to date, each step in a transaction of its
/// own. `broken` when the file belongs to another program or to a newer version of this one: then nothing was
/// changed.
Status bring_schema_up_to_date(sqlite::Database& database);

/// For a connection that only reads: `broken` unless the file has exactly the version that this program
/// knows.
Status check_schema(sqlite::Database& database);

}  // namespace duenotice
