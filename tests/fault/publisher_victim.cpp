// publisher_victim FOLDER STEP: publishes the log of FOLDER in steps of STEP leaves and writes a line for
// each head, `SIZE ROOT`, until it is killed.
#include <cstdio>
#include <cstdlib>

#include "gateway/evidence/publisher.hpp"
#include "tests/support/published_log.hpp"

int main(int count, char** words) {
  using namespace duenotice;
  using namespace duenotice::evidence;
  if (count != 3) return 2;
  const std::filesystem::path folder = words[1];
  auto files = DiskLogFiles::open(folder / "log").value();
  auto heads = SqliteHeadStore::open(folder / "head.db").value();
  const auto head = heads.read().value();
  test::MemoryLeaves leaves;
  leaves.grow_to(head ? head->size : 0);
  Publisher publisher(leaves, files, heads, test::log_key());
  for (;;) {
    leaves.grow_to(leaves.leaves.size() + static_cast<std::size_t>(std::atoi(words[2])));
    const auto next = publisher.publish();
    if (!next) {
      std::fprintf(stderr, "%s\n", next.error().message.c_str());
      return 1;
    }
    std::printf("%llu %s\n", static_cast<unsigned long long>(next->size), next->root.hex().c_str());
    std::fflush(stdout);
  }
}
