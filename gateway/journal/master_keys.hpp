#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/random.hpp"
#include "gateway/base/result.hpp"
#include "gateway/base/sealed_box.hpp"

/// The keys under which the keys of persons are kept. They live outside of the journal's file: who has that
/// file, or a backup of it, and not these cannot read what it holds about anybody.

namespace duenotice {

/// One or a few master keys, the newest first. Its text has a line for each: base64 of 32 bytes, as
/// `openssl rand -base64 32` writes them; empty lines and lines that begin with `#` say nothing.
class MasterKeys {
 public:
  static Result<MasterKeys> parse(std::string_view text);
  /// A new one before those of `text`, as a file's content.
  static std::string with_a_new_one(std::string_view text, Random& random);

  bool empty() const { return keys_.empty(); }
  std::size_t count() const { return keys_.size(); }
  /// What a key is called where it must be told apart: 16 hexadecimal digits that show nothing of it.
  std::string id(std::size_t index) const { return keys_.at(index).id; }
  const SecretKey& newest() const { return *keys_.front().key; }
  /// Null when it is not among them.
  const SecretKey* find(std::string_view id) const;

 private:
  struct Named {
    std::string id;
    std::shared_ptr<const SecretKey> key;
  };
  std::vector<Named> keys_;
};

/// Where the master keys of a journal are.
struct MasterKeySource {
  std::string text;            ///< the keys themselves; then the file is not looked at
  std::filesystem::path file;  ///< empty: the journal's path with `.master.key`

  std::filesystem::path file_of(const std::filesystem::path& journal) const;
};

/// The same with the journal that they belong to.
struct JournalKeys {
  MasterKeySource source;
  std::filesystem::path journal;
};

/// Puts a new key before those of a file, which keeps its owner. Durable when it returns a value.
Status add_master_key(const std::filesystem::path& file, Random& random);

/// Leaves the newest key in the file and moves each other one into a file of its own beside it, FILE.ID: a
/// backup of the journal from its time needs it. Returns the files; none where there was one key alone.
/// Durable and repeatable.
Result<std::vector<std::filesystem::path>> set_older_master_keys_aside(const std::filesystem::path& file);

/// `not_found` where there are none, `invalid` where they cannot be understood.
Result<MasterKeys> read_master_keys(const MasterKeySource& source, const std::filesystem::path& journal);

/// The same; where none is configured and there is none yet, makes the first, readable by its owner only.
Result<MasterKeys> read_or_make_master_keys(const MasterKeySource& source,
                                            const std::filesystem::path& journal, Random& random);

}  // namespace duenotice
