#include "gateway/app/export_signing.hpp"

#include "gateway/evidence/signed_export.hpp"

namespace duenotice::app {

Result<ExportSigner> ExportSigner::make(const EvidenceSettings& settings, const ExportStanding& standing) {
  const auto files = open_log_files(settings);
  if (!files) return files.error();
  auto key = read_log_key(settings);
  if (!key) return key.error();
  auto checkpoint = wait_for_checkpoint(settings, standing.up_to_event.sequence);
  if (!checkpoint) return checkpoint.error();
  return ExportSigner(std::move(*key), std::move(checkpoint->note));
}

Result<std::string> ExportSigner::sign(Json manifest) const {
  manifest["origin"] = key_.verifier().name;
  manifest["checkpoint"] = checkpoint_;
  return evidence::sign_export(manifest, key_);
}

}  // namespace duenotice::app
