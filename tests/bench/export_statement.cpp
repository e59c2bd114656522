#include <cstring>
#include <iostream>
#include <string>

#include "gateway/journal/event_rows.hpp"
#include "gateway/journal/notice_rows.hpp"

namespace {

/// Another program has no key: it reads the replies as they lie there.
std::string without_unsealing(std::string sql) {
  const std::string sealed = "unsealed(n.subject, 'reply', a.reply)";
  const std::size_t place = sql.find(sealed);
  return place == std::string::npos ? sql : sql.replace(place, sealed.size(), "a.reply");
}

}  // namespace

/// Prints the SQL by which an export of `notices` or `events` reads everything, for another program to run.
int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const bool notices = std::strcmp(argv[1], "notices") == 0;
  std::cout << (notices ? without_unsealing(duenotice::NoticeRows::statement("true"))
                        : duenotice::EventRows::statement("true ORDER BY e.sequence"));
  return 0;
}
