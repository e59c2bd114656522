#include "gateway/base/new_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>

#include "gateway/base/file_system.hpp"

namespace duenotice {
namespace {

std::filesystem::path part_of(std::filesystem::path path) { return path += ".part"; }

Error in_the_way(const std::filesystem::path& path) {
  return Error{ErrorKind::invalid, path.string() + " exists already"};
}

/// As in `rename`, but where a file already has the name it stays.
int rename_to_free_name(const std::filesystem::path& from, const std::filesystem::path& to) {
  const int result = ::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE);
  // Some file systems cannot say no.
  if (result != 0 && errno == EINVAL && ::access(to.c_str(), F_OK) != 0)
    return ::rename(from.c_str(), to.c_str());
  return result;
}

/// Whether `path` still names the open file. Else another process has just finished it, and it is not ours.
bool is_still(int descriptor, const std::filesystem::path& path) {
  struct stat open {};
  struct stat named {};
  return ::fstat(descriptor, &open) == 0 && ::stat(path.c_str(), &named) == 0 &&
         open.st_ino == named.st_ino && open.st_dev == named.st_dev;
}

}  // namespace

Result<NewFile> NewFile::make(const std::filesystem::path& path, bool overwrite) {
  if (!overwrite && ::access(path.c_str(), F_OK) == 0) return in_the_way(path);
  const std::filesystem::path part = part_of(path);
  const int descriptor = ::open(part.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return file_error("write", part);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 || !is_still(descriptor, part)) {
    ::close(descriptor);
    return Error{ErrorKind::unavailable, "another process writes " + part.string()};
  }
  NewFile file(path, descriptor, overwrite);
  if (::ftruncate(descriptor, 0) != 0) return file_error("write", part);  // what a killed process left
  return file;
}

NewFile::NewFile(std::filesystem::path path, int descriptor, bool overwrite)
    : path_(std::move(path)), part_(part_of(path_)), descriptor_(descriptor), overwrite_(overwrite) {}

NewFile::NewFile(NewFile&& other) noexcept
    : path_(std::move(other.path_)),
      part_(std::move(other.part_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      overwrite_(other.overwrite_) {}

NewFile& NewFile::operator=(NewFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(part_, other.part_);
  std::swap(descriptor_, other.descriptor_);
  std::swap(overwrite_, other.overwrite_);
  return *this;
}

NewFile::~NewFile() {
  if (descriptor_ < 0) return;
  ::unlink(part_.c_str());
  ::close(descriptor_);
}

Status NewFile::write(std::string_view piece) {
  while (!piece.empty()) {
    const ssize_t wrote = ::write(descriptor_, piece.data(), piece.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return file_error("write", part_);
    piece.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return Done{};
}

Status NewFile::finish() {
  if (::fsync(descriptor_) != 0) return file_error("sync", part_);
  const int named = overwrite_ ? ::rename(part_.c_str(), path_.c_str()) : rename_to_free_name(part_, path_);
  if (named != 0)
    return errno == EEXIST || errno == EINVAL ? Status(in_the_way(path_)) : file_error("name", path_);
  ::close(std::exchange(descriptor_, -1));
  return sync_folder_of(path_);
}

}  // namespace duenotice
