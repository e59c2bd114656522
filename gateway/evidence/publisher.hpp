#pragma once
#include <optional>
#include <string>

#include "gateway/evidence/head_store.hpp"
#include "gateway/evidence/leaf_source.hpp"
#include "gateway/evidence/log_edge.hpp"
#include "gateway/evidence/log_stage.hpp"
#include "gateway/evidence/note_key.hpp"

namespace duenotice::evidence {

/// Publishes what the journal has committed as a log of tiles under signed checkpoints (C2SP tlog-tiles,
/// tlog-checkpoint): reads the new leaves, stages the files that they change, signs, moves the head, gives
/// the files their names, discards the stage. Whatever fails, or wherever the process is killed, the next
/// call takes up from the head and does the same again, and never are two different trees of one size signed:
/// only the head's move decides, and it happens once. Memory does not grow with the log. One thread; one
/// process for a log.
class Publisher {
 public:
  /// The references outlive this object. The log's origin is the name of its key.
  Publisher(LeafSource& leaves, LogFiles& files, HeadStore& heads, SigningKey log_key);

  /// Publishes at most `limits::checkpoint_leaves_most` new leaves under one checkpoint, durably, and returns
  /// the head; the old one when there was nothing new. An empty log has a checkpoint too. Errors:
  /// - `broken`: nothing was signed, because the journal is not the one that the log was made from (it was
  ///   restored from an older backup), or head, folder and key do not belong together, or a disk fails. The
  ///   sentence says which and what to do.
  /// - `unavailable`: another process moved the head; `no_space`: the disk is full. Call again later.
  Result<Head> publish();

 private:
  Status recover();
  /// That head and folder are of this log, and the head is not the older one.
  Status check_head_against_folder() const;
  /// That the journal's last leaves under the head are those of the log.
  Status check_journal();
  Result<Head> stage(std::uint64_t end);

  LeafSource& leaves_;
  HeadStore& heads_;
  LogFiles& files_;
  const SigningKey key_;
  LogStage stage_;
  bool recovered_ = false;  ///< the two below are what head store and folder hold
  std::optional<Head> head_;
  LogEdge edge_;
};

}  // namespace duenotice::evidence
