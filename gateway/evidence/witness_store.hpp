#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "gateway/base/sqlite.hpp"
#include "gateway/evidence/head_store.hpp"

namespace duenotice::evidence {

/// The newest checkpoint that a witness has cosigned of each log, in a SQLite file of its own. One thread;
/// several processes at once would still be one witness. Errors: `unavailable`, `no_space`, `broken`.
class WitnessStore {
 public:
  /// Makes the file when it is missing; its folder must exist.
  static Result<WitnessStore> open(const std::filesystem::path& path);

  /// Empty when none was cosigned of this log. `checkpoint` of it is the note with the cosignature.
  Result<std::optional<Head>> newest(const std::string& origin);
  /// The same by the SHA-256 of the origin in hexadecimal.
  Result<std::optional<Head>> newest_by_digest(const std::string& origin_digest);
  /// Puts `next` in the place of `expected`; false when something else stands there. Durable when it returns
  /// true. After an error nobody knows whether it happened: read again.
  Result<bool> swap(const std::string& origin, const std::optional<Head>& expected, const Head& next);

 private:
  explicit WitnessStore(const std::filesystem::path& path);
  Result<std::optional<Head>> read(const char* query, const std::string& key);

  std::filesystem::path path_;
  sqlite::Database database_;
};

}  // namespace duenotice::evidence
