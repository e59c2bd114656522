#include "gateway/evidence/entry_bundle.hpp"

#include "gateway/base/assert.hpp"
#include "gateway/base/limits.hpp"

namespace duenotice::evidence {

void append_entry(std::string& bundle, std::string_view entry) {
  DN_ASSERT(entry.size() <= limits::evidence_leaf_bytes);
  bundle.push_back(static_cast<char>(entry.size() >> 8));
  bundle.push_back(static_cast<char>(entry.size() & 0xFF));
  bundle.append(entry);
}

Result<std::vector<std::string_view>> parse_entry_bundle(std::string_view bundle, std::size_t count) {
  std::vector<std::string_view> entries;
  while (!bundle.empty()) {
    if (entries.size() == count) {
      return Error{ErrorKind::invalid,
                   "the entry bundle has more than " + std::to_string(count) + " entries"};
    }
    const std::size_t high = bundle.size() < 2 ? 0 : static_cast<unsigned char>(bundle[0]);
    const std::size_t low = bundle.size() < 2 ? 0 : static_cast<unsigned char>(bundle[1]);
    const std::size_t length = high << 8 | low;
    if (bundle.size() < 2 || bundle.size() - 2 < length) {
      return Error{ErrorKind::invalid,
                   "entry " + std::to_string(entries.size()) + " of the entry bundle is cut off"};
    }
    entries.push_back(bundle.substr(2, length));
    bundle.remove_prefix(2 + length);
  }
  if (entries.size() != count) {
    return Error{ErrorKind::invalid, "the entry bundle has " + std::to_string(entries.size()) +
                                         " entries instead of " + std::to_string(count)};
  }
  return entries;
}

}  // namespace duenotice::evidence
