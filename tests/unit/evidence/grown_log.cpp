// grown_log FOLDER SIZE PART: grows a log leaf by leaf, `leaf 0`, `leaf 1`, …, its tiles in FOLDER, and
// writes to its output for every size the root and, for PART `inclusion`, the proof of every leaf, else the
// proof of consistency with every smaller size: each a byte that counts its hashes, and the hashes.
#include <cstdio>
#include <cstdlib>

#include "tests/support/growing_log.hpp"

namespace {

using namespace duenotice;
using namespace duenotice::evidence;

void put(std::string_view bytes) { std::fwrite(bytes.data(), 1, bytes.size(), stdout); }

bool put(const Result<MerkleProof>& proof) {
  if (!proof) return false;
  std::putchar(static_cast<int>(proof->size()));
  for (const Digest& hash : *proof) put(bytes_of(hash));
  return true;
}

bool put_all_proofs(TileReader& reader, bool inclusion) {
  for (std::uint64_t i = inclusion ? 0 : 1; i < reader.size(); ++i) {
    if (!put(inclusion ? reader.prove_inclusion(i) : reader.prove_consistency(i))) return false;
  }
  return true;
}

}  // namespace

int main(int count, char** words) {
  if (count != 4) return 2;
  auto files = DiskLogFiles::open(words[1]);
  if (!files) return 1;
  const auto size = static_cast<std::uint64_t>(std::atoll(words[2]));
  LogEdge edge;
  for (std::uint64_t i = 0; i < size; ++i) {
    if (!test::append_all(edge, {"leaf " + std::to_string(i)}, *files)) return 1;
    put(bytes_of(edge.root()));
    TileReader reader(*files, edge.size());
    if (!put_all_proofs(reader, words[3] == std::string("inclusion"))) return 1;
  }
  return 0;
}
