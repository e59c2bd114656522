#include "gateway/base/file_system.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <system_error>
#include <utility>

#include "gateway/base/limits.hpp"

namespace duenotice {
namespace {

/// A descriptor that closes itself.
class Descriptor {
 public:
  Descriptor(const std::filesystem::path& path, int flags, mode_t mode = 0600)
      : value_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  explicit operator bool() const { return value_ >= 0; }
  int get() const { return value_; }

 private:
  int value_;
};

bool write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t wrote = ::write(descriptor, content.data(), content.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    content.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return true;
}

std::filesystem::path folder_of(const std::filesystem::path& path) {
  return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

}  // namespace

Error file_error(std::string_view verb, const std::filesystem::path& path) {
  const int code = errno;
  const ErrorKind kind = code == ENOENT   ? ErrorKind::not_found
                         : code == ENOSPC ? ErrorKind::no_space
                                          : ErrorKind::broken;
  return Error{kind, "cannot " + std::string(verb) + " " + path.string() + ": " +
                         std::generic_category().message(code)};
}

Status sync_folder_of(const std::filesystem::path& path) {
  const std::filesystem::path folder = folder_of(path);
  const Descriptor directory(folder, O_RDONLY | O_DIRECTORY);
  if (!directory || ::fsync(directory.get()) != 0) return file_error("sync", folder);
  return Done{};
}

Result<std::string> read_file(const std::filesystem::path& path, std::size_t bound) {
  const Descriptor file(path, O_RDONLY);
  if (!file) return file_error("read", path);
  std::string content;
  for (;;) {
    char buffer[16384];
    const ssize_t got = ::read(file.get(), buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return file_error("read", path);
    if (got == 0) return content;
    content.append(buffer, static_cast<std::size_t>(got));
    if (content.size() > bound) {
      return Error{ErrorKind::invalid, path.string() + " is larger than " + std::to_string(bound) + " bytes"};
    }
  }
}

Status write_file_durably(const std::filesystem::path& path, std::string_view content) {
  std::filesystem::path temporary = path;
  temporary += ".new";
  {
    const Descriptor file(temporary, O_WRONLY | O_CREAT | O_TRUNC);
    if (!file) return file_error("write", temporary);
    if (!write_all(file.get(), content)) return file_error("write", temporary);
    if (::fsync(file.get()) != 0) return file_error("sync", temporary);
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) return file_error("rename to", path);
  return sync_folder_of(path);
}

Result<std::uint64_t> free_bytes(const std::filesystem::path& path) {
  std::error_code code;
  const auto space = std::filesystem::space(folder_of(path), code);
  if (code)
    return Error{ErrorKind::broken,
                 "cannot ask for the free space of " + path.string() + ": " + code.message()};
  return static_cast<std::uint64_t>(space.available);
}

Status ensure_reserve(const std::filesystem::path& path, std::uint64_t bytes) {
  const Descriptor file(path, O_WRONLY | O_CREAT);
  if (!file) return file_error("open", path);
  struct stat facts {};
  if (::fstat(file.get(), &facts) != 0) return file_error("inspect", path);
  if (static_cast<std::uint64_t>(facts.st_size) == bytes) return Done{};
  if (::ftruncate(file.get(), 0) != 0) return file_error("shorten", path);
  const int code = ::posix_fallocate(file.get(), 0, static_cast<off_t>(bytes));
  if (code != 0) {
    (void)::ftruncate(file.get(), 0);
    errno = code;
    return file_error("allocate", path);
  }
  if (::fsync(file.get()) != 0) return file_error("sync", path);
  return Done{};
}

Result<std::string> read_secret(const std::filesystem::path& path) {
  auto content = read_file(path, limits::secret_file_bytes);
  if (!content) return content;
  while (!content->empty() && (content->back() == '\n' || content->back() == '\r')) content->pop_back();
  if (content->empty()) return Error{ErrorKind::invalid, "the secret file " + path.string() + " is empty"};
  return content;
}

std::optional<int> lock_holder(const std::filesystem::path& path) {
  struct stat file {};
  if (::stat(path.c_str(), &file) != 0) return std::nullopt;
  // proc(5): `1: FLOCK ADVISORY WRITE <pid> <major>:<minor>:<inode> 0 EOF`, the numbers of the device in hex.
  std::ifstream locks("/proc/locks");
  std::string number, kind, mode, access, place, rest;
  int pid = 0;
  while (locks >> number >> kind >> mode >> access >> pid >> place && std::getline(locks, rest)) {
    unsigned major_number = 0;
    unsigned minor_number = 0;
    unsigned long inode = 0;
    if (std::sscanf(place.c_str(), "%x:%x:%lu", &major_number, &minor_number, &inode) != 3) continue;
    if (kind == "FLOCK" && pid > 0 && inode == file.st_ino && major_number == major(file.st_dev) &&
        minor_number == minor(file.st_dev))
      return pid;
  }
  return std::nullopt;
}

Result<FileLock> FileLock::take(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return file_error("open the lock", path);
  FileLock lock(descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return lock;
  if (errno == EWOULDBLOCK) {
    return Error{ErrorKind::unavailable, "another process holds the lock " + path.string()};
  }
  return file_error("lock", path);
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace duenotice
