#include <cstdint>

#include "gateway/base/assert.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/evidence/checkpoint.hpp"
#include "gateway/evidence/log_proof.hpp"

/// Any bytes where a proof file is read. What is taken is written back as it was.

using namespace duenotice;
using namespace duenotice::evidence;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto proof = parse_log_proof(text);
  if (!proof) {
    DN_ASSERT(!proof.error().message.empty());
    return 0;
  }
  DN_ASSERT(to_text(*proof) == text && proof->hashes.size() <= limits::merkle_proof_hashes);
  const auto checkpoint = parse_checkpoint(parse_note(proof->checkpoint)->text);
  DN_ASSERT(checkpoint.ok());
  (void)proves(*proof, "leaf", checkpoint->size, checkpoint->root);
  (void)verify_consistency(proof->index, checkpoint->size, proof->hashes, empty_root(), checkpoint->root);
  return 0;
}
