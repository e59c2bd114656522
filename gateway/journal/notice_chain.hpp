#pragma once
#include <map>
#include <optional>

#include "gateway/base/sqlite.hpp"
#include "gateway/evidence/merkle_hasher.hpp"
#include "gateway/notice/notice.hpp"

namespace duenotice {

/// The newest event of each notice, by its leaf hash (RFC 6962 2.1): the next one names it, so that whoever
/// holds a notice's last leaf can tell that none before it is missing. Remembers what it has seen of the
/// notices that were spoken of last; the journal's own thread.
class NoticeChain {
 public:
  /// `database` outlives this object.
  explicit NoticeChain(sqlite::Database& database);

  /// Nothing when the notice has no event yet.
  std::optional<Digest> newest(NoticeNumber notice);
  /// The notice has just been made.
  void begin(NoticeNumber notice);
  /// `bytes` are the notice's newest event now.
  void append(NoticeNumber notice, std::string_view bytes);
  /// Something was undone: only the database knows.
  void forget() { known_.clear(); }

 private:
  void remember(NoticeNumber notice, const std::optional<Digest>& newest);

  sqlite::Statement newest_;
  evidence::MerkleHasher hasher_;
  std::map<NoticeNumber, std::optional<Digest>> known_;
};

}  // namespace duenotice
