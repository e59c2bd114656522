#include "gateway/evidence/log_proof.hpp"

#include <catch2/catch.hpp>

#include "gateway/base/base64.hpp"
#include "gateway/evidence/checkpoint.hpp"
#include "tests/support/growing_log.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace duenotice;
using namespace duenotice::evidence;

TEST_CASE("a proof file is made from the tiles, read back and holds for its leaf alone") {
  const test::TemporaryFolder folder;
  auto files = DiskLogFiles::open(folder.path());
  REQUIRE(files);
  test::MemoryLeaves source;
  source.grow_to(300);
  LogEdge edge;
  REQUIRE(test::append_all(edge, source.leaves, *files));
  SystemRandom random;
  const SigningKey key = SigningKey::make("example.com/log", NoteKeyKind::note, random);
  const std::string head = sign_checkpoint({"example.com/log", 300, edge.root(), ""}, key);
  TileReader reader(*files, 300);

  auto proof = make_log_proof(reader, 257, head);
  REQUIRE(proof);
  CHECK(proof->checkpoint == head);
  CHECK(proves(*proof, source.leaves[257], 300, edge.root()));
  CHECK_FALSE(proves(*proof, source.leaves[256], 300, edge.root()));
  CHECK_FALSE(proves(*proof, source.leaves[257], 600, edge.root()));
  const std::string text = to_text(*proof);
  CHECK(text.starts_with("c2sp.org/tlog-proof@v1\nindex 257\n"));
  CHECK(parse_log_proof(text).value() == *proof);
  proof->extra = std::string("\0any bytes\n", 11);
  CHECK(to_text(*proof).starts_with("c2sp.org/tlog-proof@v1\nextra AGFueSBieXRlcwo=\nindex 257\n"));
  CHECK(parse_log_proof(to_text(*proof)).value() == *proof);
}

TEST_CASE("what is not a proof file is refused") {
  SystemRandom random;
  const SigningKey key = SigningKey::make("o", NoteKeyKind::note, random);
  const std::string head = sign_checkpoint({"o", 1, empty_root(), ""}, key);
  const std::string hash = to_base64(bytes_of(empty_root())) + "\n";
  const std::string first = "c2sp.org/tlog-proof@v1\n";
  CHECK(parse_log_proof(first + "index 0\n\n" + head));
  CHECK(parse_log_proof(first + "extra \nindex 0\n" + hash + "\n" + head)->extra == "");
  std::string hashes;
  for (int i = 0; i < 65; ++i) hashes += hash;
  for (const std::string& wrong : std::vector<std::string>{
           "", first, first + "index 0\n\n", first + "index 0\n" + head,
           "c2sp.org/tlog-proof@v2\nindex 0\n\n" + head, first + "index 00\n\n" + head,
           first + "index\n\n" + head, first + "\n" + head, first + "index 0\nextra AA==\n\n" + head,
           first + "extra AA\nindex 0\n\n" + head, first + "index 0\nAAAA\n\n" + head,
           first + "index 0\n" + hashes + "\n" + head,
           first + "index 0\n\n" + to_text(SignedNote{"no checkpoint\n", {sign(key, "no checkpoint\n")}}),
           first + "index 0\n\n" + head + "\n", first + "index 0\n\n" + std::string(300'000, 'x')}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_log_proof(wrong));
  }
}
