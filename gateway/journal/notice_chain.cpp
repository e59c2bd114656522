#include "gateway/journal/notice_chain.hpp"

#include "gateway/base/limits.hpp"

namespace duenotice {

NoticeChain::NoticeChain(sqlite::Database& database)
    : newest_(database.prepare("SELECT bytes FROM events INDEXED BY events_by_notice WHERE notice = ? "
                               "ORDER BY sequence DESC LIMIT 1")) {}

std::optional<Digest> NoticeChain::newest(NoticeNumber notice) {
  if (const auto known = known_.find(notice); known != known_.end()) return known->second;
  std::optional<Digest> newest;
  if (newest_.bind(1, notice).step()) newest = hasher_.leaf(newest_.view(0));
  newest_.reset();
  return newest;
}

void NoticeChain::begin(NoticeNumber notice) { remember(notice, std::nullopt); }

void NoticeChain::append(NoticeNumber notice, std::string_view bytes) {
  remember(notice, hasher_.leaf(bytes));
}

void NoticeChain::remember(NoticeNumber notice, const std::optional<Digest>& newest) {
  if (known_.size() >= limits::chain_notices) known_.clear();
  known_.insert_or_assign(notice, newest);
}

}  // namespace duenotice
