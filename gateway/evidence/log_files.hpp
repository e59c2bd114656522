#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.hpp"

namespace duenotice::evidence {

/// What the evidence log asks of its folder. Every path is relative to it, with `/` between its parts. A
/// small interface, so that a test can let any step fail. Except for `sync`, nothing is durable when it
/// returns. One thread.
class LogFiles {
 public:
  virtual ~LogFiles() = default;
  /// `not_found` when there is none.
  virtual Result<std::string> read(const std::string& path, std::size_t bound) const = 0;
  /// Names in a folder, sorted; of folders within it their names with a `/` behind. None when it is not
  /// there.
  virtual Result<std::vector<std::string>> list(const std::string& folder) const = 0;
  /// Writes a file anew, whatever stood there, making folders where they are missing.
  virtual Status write(const std::string& path, std::string_view content) = 0;
  /// Makes everything durable that was written, renamed or removed so far.
  virtual Status sync() = 0;
  /// Gives a file that is never to change its final name. Where one has it already and is the same, `from`
  /// goes away; `broken` when it is not the same.
  virtual Status place(const std::string& from, const std::string& to) = 0;
  /// Puts a file in the place of another at once.
  virtual Status replace(const std::string& from, const std::string& to) = 0;
  /// Removes a file, or a folder with everything in it; it need not exist.
  virtual Status remove(const std::string& path) = 0;
};

/// A folder of the disk. `sync` is one syncfs(2) for the whole file system. Files can be read by everybody
/// whom the folder lets in: the log is made to be published.
class DiskLogFiles final : public LogFiles {
 public:
  /// Makes the folder when it is missing.
  static Result<DiskLogFiles> open(const std::filesystem::path& folder);

  Result<std::string> read(const std::string& path, std::size_t bound) const override;
  Result<std::vector<std::string>> list(const std::string& folder) const override;
  Status write(const std::string& path, std::string_view content) override;
  Status sync() override;
  Status place(const std::string& from, const std::string& to) override;
  Status replace(const std::string& from, const std::string& to) override;
  Status remove(const std::string& path) override;

 private:
  explicit DiskLogFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}
  Status make_folder_of(const std::filesystem::path& path);

  std::filesystem::path folder_;
  std::filesystem::path made_;  ///< the folder that was made last: most files follow one beside them
};

}  // namespace duenotice::evidence
