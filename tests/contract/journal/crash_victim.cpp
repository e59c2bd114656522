// crash_victim FOLDER FIRST: accepts notices FIRST, FIRST + 1, … into the journal of FOLDER as fast as it
// can, writes the serial of each that was acknowledged to standard output, and goes on until it is killed.
// Every seventh unit breaks a constraint.
#include <unistd.h>

#include <cstdlib>

#include "tests/contract/journal/crash_victim.hpp"

int main(int count, char** words) {
  using namespace duenotice;
  using namespace duenotice::test;
  if (count != 3) return 2;
  SystemClock clock;
  Log log;
  auto opened = open_sqlite_journal(crash_options(words[1]), clock, log);
  if (!opened.ok()) return 2;
  for (int serial = std::atoi(words[2]);; ++serial) {
    (*opened)->submit(
        WorkClass::intake,
        [serial](Transaction& tx) {
          const NoticeNumber number = accept_sample(tx, sample_notice(serial));
          tx.insert_attempt(sample_attempt(tx, number));
          if (serial % 7 == 0) accept_sample(tx, sample_notice(serial));
        },
        [serial](Committed committed) {
          if (committed == Committed::yes && ::write(STDOUT_FILENO, &serial, sizeof serial) < 0) ::_exit(3);
        });
  }
}
