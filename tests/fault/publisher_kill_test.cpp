#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <map>

#include "tests/support/published_log.hpp"

using namespace duenotice;
using namespace duenotice::evidence;

namespace {

/// Heads that victims have told of, by their size.
using ToldHeads = std::map<std::uint64_t, std::string>;

/// Lets a victim publish until it has told of `heads` heads, and kills it in the middle of what it does then.
void publish_and_kill(const std::filesystem::path& folder, int step, int heads, ToldHeads& told) {
  int ends[2];
  REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
  const std::string step_text = std::to_string(step);
  const pid_t victim = ::fork();
  if (victim == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::execl(VICTIM, VICTIM, folder.c_str(), step_text.c_str(), nullptr);
    ::_exit(127);
  }
  ::close(ends[1]);
  FILE* output = ::fdopen(ends[0], "r");
  unsigned long long size = 0;
  char root[65];
  for (int told_now = 0; told_now < heads && std::fscanf(output, "%llu %64s", &size, root) == 2; ++told_now) {
    told[size] = root;
  }
  ::kill(victim, SIGKILL);
  // What it told between the last look and its end counts as well.
  while (std::fscanf(output, "%llu %64s", &size, root) == 2) told[size] = root;
  std::fclose(output);
  int status = 0;
  REQUIRE(::waitpid(victim, &status, 0) == victim);
  REQUIRE(WIFSIGNALED(status));
}

}  // namespace

TEST_CASE("a publisher killed in the middle leaves a log that goes on") {
  test::PublishedLog log;
  ToldHeads told;
  for (int round = 0; round < 12; ++round) {
    publish_and_kill(log.folder.path(), 1 + 37 * round, 1 + round % 4, told);
    const auto head = log.heads.read().value();
    REQUIRE(head);
    CHECK(head->size >= told.rbegin()->first);
    const std::size_t more = head->size + static_cast<std::size_t>(round);
    const auto next = log.publish(more);
    REQUIRE(next);
    CHECK(next->size == more);
    const auto verification = log.verify();
    REQUIRE(verification);
    CHECK(test::words_of(*verification).empty());
    TileReader reader(log.files, next->size);
    for (const auto& [size, root] : told) CHECK(reader.subtree({0, size})->hex() == root);
  }
  CHECK(told.size() >= 12);
}
