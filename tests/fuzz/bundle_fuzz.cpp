#include <cstdint>

#include "gateway/base/assert.hpp"
#include "gateway/evidence/bundle_check.hpp"
#include "tests/support/small_bundle.hpp"

/// Any bytes where a bundle is read: as an archive, and as each file of one that its maker has signed. What
/// is taken for an archive is written back as it was.

using namespace duenotice;
using namespace duenotice::evidence;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const test::SmallBundle whole;
  static const TrustFile trust = TrustFile::parse(whole.trust()).value();
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto files = read_zip(bytes);
  if (files) DN_ASSERT(write_zip(*files) == bytes);
  DN_ASSERT(bytes == whole.archive() || !check_bundle(bytes, trust).good());
  if (size == 0) return 0;
  test::SmallBundle changed = whole;
  auto file = changed.files.begin();
  std::advance(file, data[0] % changed.files.size());
  file->second = bytes.substr(1);
  (void)check_bundle(changed.archive(), trust);
  return 0;
}
