#pragma once
#include "gateway/evidence/head_store.hpp"
#include "gateway/evidence/log_files.hpp"
#include "gateway/evidence/tile.hpp"

namespace duenotice::evidence {

/// The folder, within that of the log, where the files of the next checkpoint wait until it is certain that
/// this checkpoint is the head. No reader looks there. One thread.
class LogStage {
 public:
  /// `files` outlives this object.
  explicit LogStage(LogFiles& files) : files_(files) {}

  Status add(const TileId& tile, std::string_view bytes);
  /// Names the checkpoint that the files belong to, and makes everything durable. To be called last.
  Status close(std::string_view checkpoint);
  /// Gives the files of `head` their final names, the checkpoint last, and discards everything else that was
  /// staged. Does the rest when it was cut off before, and nothing when all is done.
  Status publish(const Head& head);
  Status discard();

 private:
  Status place_tiles();
  Status replace_checkpoint(const Head& head);

  LogFiles& files_;
};

}  // namespace duenotice::evidence
