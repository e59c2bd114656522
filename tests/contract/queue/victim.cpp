// victim COUNT ADDRESS...: takes COUNT messages, prints each body as a line, and keeps them until it is
// killed.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "tests/contract/queue/bench.hpp"

int main(int count, char** words) {
  using namespace duenotice;
  if (count < 3) return 2;
  const std::vector<std::string> address(words + 2, words + count);
  const auto consumer = queue::test::consumer_at(address);
  const int messages = std::atoi(words[1]);
  for (int taken = 0; taken < messages;) {
    const auto message = consumer->next(Milliseconds(1'000));
    if (!message) continue;
    std::printf("%s\n", message->body.c_str());
    std::fflush(stdout);
    ++taken;
  }
  for (;;) ::pause();
}
