#include "gateway/evidence/publisher.hpp"

#include <algorithm>
#include <utility>

#include "gateway/base/assert.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/evidence/checkpoint.hpp"

namespace duenotice::evidence {
namespace {

Error broken(std::string message) { return Error{ErrorKind::broken, std::move(message)}; }

std::string events(std::uint64_t count) {
  return std::to_string(count) + (count == 1 ? " event" : " events");
}

Error older_journal(const std::string& finding) {
  return broken("nothing was signed: " + finding +
                ". The journal seems to have been restored from an older backup, and signing it would give "
                "the log two histories. Restore the newest copy of the journal; where the missing events "
                "are lost for good, keep this log as it is, and start another with a new origin, key and "
                "folder");
}

}  // namespace

Publisher::Publisher(LeafSource& leaves, LogFiles& files, HeadStore& heads, SigningKey log_key)
    : leaves_(leaves), heads_(heads), files_(files), key_(std::move(log_key)), stage_(files) {
  DN_ASSERT(key_.verifier().kind == NoteKeyKind::note);
}

Result<Head> Publisher::publish() {
  const Status ready = recovered_ ? Status(Done{}) : recover();
  if (!ready) return ready.error();
  const auto count = leaves_.count();
  if (!count) return count.error();
  const std::uint64_t size = head_ ? head_->size : 0;
  if (*count < size) {
    return older_journal("the journal has " + events(*count) + ", but the log's head was signed over " +
                         events(size));
  }
  if (head_ && *count == size) return *head_;
  // Until everything is done, head store and folder alone know how far it came.
  recovered_ = false;
  auto next = stage(std::min(*count, size + limits::checkpoint_leaves_most));
  if (!next) return next;
  const auto moved = heads_.swap(head_, *next);
  if (!moved) return moved.error();
  if (!*moved) {
    return Error{ErrorKind::unavailable, "another process publishes this log; it has moved the head"};
  }
  head_ = *next;
  const Status published = stage_.publish(*head_);
  if (!published) return published.error();
  recovered_ = true;
  return next;
}

Status Publisher::recover() {
  auto head = heads_.read();
  if (!head) return head.error();
  head_ = std::move(*head);
  edge_ = LogEdge();
  const Status same_log = check_head_against_folder();
  if (!same_log) return same_log;
  if (!head_) {
    const Status empty = stage_.discard();
    recovered_ = empty.ok();
    return empty;
  }
  const Status published = stage_.publish(*head_);
  if (!published) return published;
  auto edge = LogEdge::load(TileReader(files_, head_->size));
  if (!edge) return broken("the log's folder is damaged: " + edge.error().message);
  if (edge->root() != head_->root) {
    return broken("the log's last tiles do not have the root that was signed over " + events(head_->size) +
                  ": restore the log's folder from its newest copy");
  }
  edge_ = std::move(*edge);
  const Status same_journal = check_journal();
  recovered_ = same_journal.ok();
  return same_journal;
}

Status Publisher::check_head_against_folder() const {
  const auto text = files_.read(std::string(checkpoint_path), limits::checkpoint_bytes);
  if (!text && text.error().kind != ErrorKind::not_found) return text.error();
  if (!head_) {
    if (!text) return Done{};
    return broken(
        "the log's folder has a checkpoint, but the file that remembers the log's head is empty: restore "
        "that file from its newest copy, or give another log a folder of its own");
  }
  const auto signed_head = verify_checkpoint(head_->checkpoint, key_.verifier());
  if (!signed_head) {
    return broken("the log's head was not signed with this origin and key (" + signed_head.error().message +
                  "): give the gateway the key of this log, or another log a folder and a head of its own");
  }
  const Checkpoint& remembered = signed_head->checkpoint;
  if (remembered.size != head_->size || remembered.root != head_->root) {
    return broken("the file that remembers the log's head is damaged: restore its newest copy");
  }
  const auto published = text ? verify_checkpoint(*text, key_.verifier())
                              : Result<SignedCheckpoint>(Error{ErrorKind::not_found, ""});
  const bool newer = published && published->checkpoint.size > head_->size;
  const bool forked =
      published && published->checkpoint.size == head_->size && published->checkpoint.root != head_->root;
  if (newer || forked) {
    return broken("the checkpoint in the log's folder (" + events(published->checkpoint.size) + ") is " +
                  (newer ? "newer than" : "not") + " the head that was remembered (" + events(head_->size) +
                  "): the file that remembers the head is an older copy. Restore its newest one");
  }
  return Done{};
}

Status Publisher::check_journal() {
  const std::uint64_t size = head_->size;
  const auto count = leaves_.count();
  if (!count) return count.error();
  if (*count < size) return Done{};  // `publish` says so, each time
  const std::uint64_t first = size - std::min(size, limits::leaves_checked_at_start);
  TileReader reader(files_, size);
  MerkleHasher hasher;
  Status failure = Done{};
  std::uint64_t next = first;
  const Status read = leaves_.read(first, size - first, [&](std::uint64_t index, std::string_view leaf) {
    const auto hash = reader.leaf_hash(std::min(index, size - 1));
    if (!hash) {
      failure = hash.error();
    } else if (index != next || hasher.leaf(leaf) != *hash) {
      failure = older_journal("event " + std::to_string(next) +
                              " of the journal (counted from 0) is not the one in the log");
    }
    ++next;
    return failure.ok();
  });
  if (!read) return read;
  if (failure && next != size) {
    return older_journal("event " + std::to_string(next) + " of the journal (counted from 0) is missing");
  }
  return failure;
}

Result<Head> Publisher::stage(std::uint64_t end) {
  const std::uint64_t old_size = edge_.size();
  const Status empty = stage_.discard();
  if (!empty) return empty.error();
  const TileSink to_stage = [this](const TileId& tile, std::string_view bytes) {
    return stage_.add(tile, bytes);
  };
  Status failure = Done{};
  const Status read = leaves_.read(old_size, end - old_size, [&](std::uint64_t index, std::string_view leaf) {
    if (index != edge_.size()) {
      failure = broken("nothing was signed: event " + std::to_string(edge_.size()) +
                       " of the journal (counted from 0) is missing");
    } else if (leaf.size() > limits::evidence_leaf_bytes) {
      failure = broken("nothing was signed: event " + std::to_string(index) +
                       " of the journal (counted from 0) is too long for the log");
    } else {
      failure = edge_.append(leaf, to_stage);
    }
    return failure.ok();
  });
  if (!read) return read.error();
  if (!failure) return failure.error();
  if (edge_.size() != end) {
    return broken("nothing was signed: the journal ends at event " + std::to_string(edge_.size()) +
                  " (counted from 0) although it has " + events(end));
  }
  const Status partials = edge_.partials_since(old_size, to_stage);
  if (!partials) return partials.error();
  Head next{end, edge_.root(), {}};
  next.checkpoint = sign_checkpoint({key_.verifier().name, next.size, next.root, ""}, key_);
  const Status closed = stage_.close(next.checkpoint);
  if (!closed) return closed.error();
  return next;
}

}  // namespace duenotice::evidence
