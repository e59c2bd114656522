#include <cstdint>

#include "gateway/base/assert.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/evidence/add_checkpoint.hpp"

/// Any body of a request to a witness. What is taken is written again as it was.

using namespace duenotice;
using namespace duenotice::evidence;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  const auto request = parse_add_checkpoint(body);
  if (!request) return 0;
  DN_ASSERT(request->proof.size() <= limits::witness_proof_hashes);
  DN_ASSERT(to_text(*request) == body);
  return 0;
}
