#include <cstdint>

#include "gateway/base/assert.hpp"
#include "gateway/evidence/entry_bundle.hpp"

/// Any bytes where an entry bundle is read, behind a first byte that says how many entries it should have.
/// What is taken is written back as it was.

using namespace duenotice;
using namespace duenotice::evidence;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t count = data[0];
  const std::string_view bundle(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto entries = parse_entry_bundle(bundle, count);
  if (!entries) return 0;
  DN_ASSERT(entries->size() == count);
  std::string again;
  for (const std::string_view entry : *entries) append_entry(again, entry);
  DN_ASSERT(again == bundle);
  return 0;
}
