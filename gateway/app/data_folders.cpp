#include "gateway/app/data_folders.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace duenotice::app {

namespace {

std::string why(int error) { return std::generic_category().message(error); }

}  // namespace

Status make_folder(const LoadedConfiguration& loaded, const std::string& section, const std::string& key,
                   const std::filesystem::path& folder) {
  std::error_code failed;
  if (folder.empty()) return Done{};
  std::filesystem::create_directories(folder, failed);
  if (!failed) return Done{};
  const auto place = loaded.places.find(section + "." + key);
  return Error{ErrorKind::broken, (place == loaded.places.end() ? "" : place->second + ": ") + "[" + section +
                                      "] " + key + ": cannot make the folder " + folder.string() + ": " +
                                      failed.message() + "; name a place that this user can write"};
}

Status try_making(const std::filesystem::path& file) {
  std::filesystem::path folder = std::filesystem::absolute(file).parent_path();
  struct stat found {};
  while (::stat(folder.c_str(), &found) != 0) {
    if (errno != ENOENT || !folder.has_relative_path())
      return Error{ErrorKind::broken, folder.string() + ": " + why(errno)};
    folder = folder.parent_path();
  }
  std::string trial = (folder / ".duenotice-doctor-XXXXXX").string();
  if (::mkdtemp(trial.data()) == nullptr)
    return Error{ErrorKind::broken, "nothing can be made in " + folder.string() + ": " + why(errno)};
  ::rmdir(trial.c_str());
  return Done{};
}

Status may_read(const std::filesystem::path& file) {
  if (::faccessat(AT_FDCWD, file.c_str(), R_OK, AT_EACCESS) == 0) return Done{};
  const int error = errno;
  if (error == ENOENT || error == ENOTDIR) return Done{};
  if (error != EACCES) return Error{ErrorKind::broken, "cannot look at " + file.string() + ": " + why(error)};
  return Error{ErrorKind::broken,
               "no right to read " + file.string() + "; run this as the gateway's own user"};
}

Status may_use_database(const std::filesystem::path& file) {
  for (const char* suffix : {"", "-wal", "-shm"}) {
    const std::string part = file.string() + suffix;
    if (const Status right = may_read(part); !right) return right;
    if (::faccessat(AT_FDCWD, part.c_str(), W_OK, AT_EACCESS) == 0) continue;
    if (errno != EACCES) continue;
    return Error{ErrorKind::broken,
                 file.string() + " cannot be seen by this user; run this as the gateway's own user"};
  }
  return Done{};
}

}  // namespace duenotice::app
