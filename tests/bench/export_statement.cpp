#include <cstring>
#include <iostream>

#include "gateway/journal/event_rows.hpp"
#include "gateway/journal/notice_rows.hpp"

/// Prints the SQL by which an export of `notices` or `events` reads everything, for another program to run.
int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const bool notices = std::strcmp(argv[1], "notices") == 0;
  std::cout << (notices ? duenotice::NoticeRows::statement("true")
                        : duenotice::EventRows::statement("true ORDER BY e.sequence"));
  return 0;
}
