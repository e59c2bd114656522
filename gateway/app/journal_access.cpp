#include "gateway/app/journal_access.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace duenotice::app {

Result<std::unique_ptr<JournalReader>> open_journal(const std::filesystem::path& path) {
  // SQLite needs those beside it too, where they exist.
  for (const char* suffix : {"", "-wal", "-shm"}) {
    const std::string file = path.string() + suffix;
    if (::faccessat(AT_FDCWD, file.c_str(), R_OK, AT_EACCESS) == 0 || errno != EACCES) continue;
    return Error{ErrorKind::broken, "no right to read " + file + "; run this as the gateway's own user"};
  }
  return open_journal_reader(path);
}

}  // namespace duenotice::app
