#pragma once
#include <string>

#include "gateway/app/log_parts.hpp"
#include "gateway/base/json.hpp"
#include "gateway/journal/export.hpp"

namespace duenotice::app {

/// Signs the manifest of an export, under a checkpoint of the evidence log that covers everything in it.
class ExportSigner {
 public:
  /// Waits up to `limits::covering_checkpoint_wait` for that checkpoint; `unavailable` when it does not come.
  /// `not_found` where no log is kept.
  static Result<ExportSigner> make(const EvidenceSettings& settings, const ExportStanding& standing);

  /// The note: the manifest with `origin` and `checkpoint` in it.
  Result<std::string> sign(Json manifest) const;

 private:
  ExportSigner(evidence::SigningKey key, std::string checkpoint)
      : key_(std::move(key)), checkpoint_(std::move(checkpoint)) {}
  evidence::SigningKey key_;
  std::string checkpoint_;
};

}  // namespace duenotice::app
