#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "gateway/base/digest.hpp"
#include "gateway/base/result.hpp"
#include "gateway/base/sqlite.hpp"

namespace duenotice::evidence {

/// The head of the log: the last checkpoint that was signed.
struct Head {
  std::uint64_t size = 0;
  Digest root;
  std::string checkpoint;  ///< the signed note
  bool operator==(const Head&) const = default;
};

/// Remembers the head, apart from the journal and from the log's folder: whatever of those is restored from a
/// backup, the head still says what has been signed. One thread.
class HeadStore {
 public:
  virtual ~HeadStore() = default;
  /// Empty before the first checkpoint.
  virtual Result<std::optional<Head>> read() = 0;
  /// Puts `next` in the place of `expected`; false when something else stands there. Durable when it returns
  /// true. After an error nobody knows whether it happened: read again.
  virtual Result<bool> swap(const std::optional<Head>& expected, const Head& next) = 0;
};

/// In a SQLite file of its own, of one row.
class SqliteHeadStore final : public HeadStore {
 public:
  /// Makes the file when it is missing; its folder must exist.
  static Result<SqliteHeadStore> open(const std::filesystem::path& path);

  Result<std::optional<Head>> read() override;
  Result<bool> swap(const std::optional<Head>& expected, const Head& next) override;

 private:
  explicit SqliteHeadStore(const std::filesystem::path& path);

  std::filesystem::path path_;
  sqlite::Database database_;
};

}  // namespace duenotice::evidence
