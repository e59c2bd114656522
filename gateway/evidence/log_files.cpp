#include "gateway/evidence/log_files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <system_error>

#include "gateway/base/file_system.hpp"
#include "gateway/evidence/tile.hpp"

namespace duenotice::evidence {
namespace {

namespace fs = std::filesystem;

/// No file of the log is larger: an entry bundle of the longest entries.
constexpr std::size_t file_bytes_most = tile_width * 65'537;

Error error_of(std::string_view verb, const fs::path& path, const std::error_code& code) {
  errno = code.value();
  return file_error(verb, path);
}

Status write_whole(const fs::path& path, std::string_view content) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (descriptor < 0) return file_error("write", path);
  ::fchmod(descriptor, 0644);  // whatever the process keeps from others: this is made to be published
  while (!content.empty()) {
    const ssize_t wrote = ::write(descriptor, content.data(), content.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) {
      const Error error = file_error("write", path);
      ::close(descriptor);
      return error;
    }
    content.remove_prefix(static_cast<std::size_t>(wrote));
  }
  if (::close(descriptor) != 0) return file_error("write", path);
  return Done{};
}

}  // namespace

Result<DiskLogFiles> DiskLogFiles::open(const fs::path& folder) {
  std::error_code fault;
  fs::create_directories(folder, fault);
  if (fault) return error_of("make the folder", folder, fault);
  return DiskLogFiles(folder);
}

Result<std::string> DiskLogFiles::read(const std::string& path, std::size_t bound) const {
  return read_file(folder_ / path, bound);
}

Result<std::vector<std::string>> DiskLogFiles::list(const std::string& folder) const {
  std::vector<std::string> names;
  std::error_code fault;
  for (fs::directory_iterator at(folder_ / folder, fault), end; !fault && at != end; at.increment(fault)) {
    const bool is_folder = at->is_directory(fault) && !at->is_symlink(fault);
    names.push_back(at->path().filename().string() + (is_folder ? "/" : ""));
  }
  if (fault && fault != std::errc::no_such_file_or_directory) {
    return error_of("list", folder_ / folder, fault);
  }
  std::sort(names.begin(), names.end());
  return names;
}

Status DiskLogFiles::make_folder_of(const fs::path& path) {
  const fs::path folder = path.parent_path();
  if (folder == made_) return Done{};
  std::error_code fault;
  fs::create_directories(folder_, fault);
  fs::path made = folder_;
  for (const fs::path& name : folder.lexically_relative(folder_)) {
    made /= name;
    if (!fault && fs::create_directory(made, fault)) fs::permissions(made, fs::perms(0755), fault);
  }
  if (fault) return error_of("make the folder", folder, fault);
  made_ = folder;
  return Done{};
}

Status DiskLogFiles::write(const std::string& path, std::string_view content) {
  const fs::path full = folder_ / path;
  const Status made = make_folder_of(full);
  return made ? write_whole(full, content) : made;
}

Status DiskLogFiles::sync() {
  const int descriptor = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return file_error("sync", folder_);
  const int result = ::syncfs(descriptor);
  const Error error = result == 0 ? Error{} : file_error("sync", folder_);
  ::close(descriptor);
  if (result != 0) return error;
  return Done{};
}

Status DiskLogFiles::place(const std::string& from, const std::string& to) {
  const fs::path source = folder_ / from;
  const fs::path target = folder_ / to;
  const Status made = make_folder_of(target);
  if (!made) return made;
  if (::renameat2(AT_FDCWD, source.c_str(), AT_FDCWD, target.c_str(), RENAME_NOREPLACE) == 0) return Done{};
  if (errno == EINVAL && ::access(target.c_str(), F_OK) != 0) return replace(from, to);
  if (errno != EEXIST && errno != EINVAL) return file_error("name", target);
  const auto mine = read(from, file_bytes_most);
  const auto theirs = read(to, file_bytes_most);
  if (!mine) return mine.error();
  if (!theirs) return theirs.error();
  if (*mine != *theirs) {
    return Error{ErrorKind::broken, target.string() +
                                        " exists with other content, although files of the log never "
                                        "change: it was altered, or belongs to another log"};
  }
  return remove(from);
}

Status DiskLogFiles::replace(const std::string& from, const std::string& to) {
  const fs::path target = folder_ / to;
  if (::rename((folder_ / from).c_str(), target.c_str()) != 0) return file_error("name", target);
  return Done{};
}

Status DiskLogFiles::remove(const std::string& path) {
  std::error_code fault;
  fs::remove_all(folder_ / path, fault);
  made_.clear();
  if (fault) return error_of("remove", folder_ / path, fault);
  return Done{};
}

}  // namespace duenotice::evidence
