#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/result.hpp"

/// The few things that duenotice asks of a file system beyond reading and writing. All functions are
/// thread-safe.

namespace duenotice {

/// Reads a whole file of at most `bound` bytes.
Result<std::string> read_file(const std::filesystem::path& path, std::size_t bound);

/// Makes a file appear whole or not at all: writes a temporary file beside it, syncs it, renames it over
/// `path` and syncs the directory. Durable when it returns a value.
Status write_file_durably(const std::filesystem::path& path, std::string_view content);

/// Makes durable that a file was made, renamed or removed in the folder of `path`.
Status sync_folder_of(const std::filesystem::path& path);

/// The error of a system call on `path` that has just failed, as errno has it: `cannot VERB PATH: reason`.
Error file_error(std::string_view verb, const std::filesystem::path& path);

/// Free bytes for this process on the file system that holds `path` (which need not exist; its folder must).
Result<std::uint64_t> free_bytes(const std::filesystem::path& path);

/// Makes a file of really allocated bytes, to be given up when the disk is full. Does nothing when it exists
/// with that size.
Status ensure_reserve(const std::filesystem::path& path, std::uint64_t bytes);

/// A secret from a file: its content without the final line end. `not_found` when it is missing, `invalid`
/// when it is empty.
Result<std::string> read_secret(const std::filesystem::path& path);

/// The process that holds a FileLock on a file, by what the kernel lists; empty when none does, or one of
/// another pid namespace. Takes no lock itself.
std::optional<int> lock_holder(const std::filesystem::path& path);

/// An exclusive lock on a file (flock), held until it is destroyed or the process ends, however it ends.
class FileLock {
 public:
  /// Takes the lock at once. `unavailable` when another process holds it.
  static Result<FileLock> take(const std::filesystem::path& path);
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;
  ~FileLock();

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace duenotice
