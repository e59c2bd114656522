#pragma once
#include <filesystem>
#include <string_view>

#include "gateway/base/result.hpp"

namespace duenotice {

/// A file of any length that appears under its name whole or not at all. It is written beside it under the
/// name with `.part`, which goes away when it is not finished. Readable by its owner only. One thread.
class NewFile {
 public:
  /// `unavailable` while another process writes the same one, `invalid` where a file is in the way and must
  /// stay.
  static Result<NewFile> make(const std::filesystem::path& path, bool overwrite);
  NewFile(NewFile&& other) noexcept;
  NewFile& operator=(NewFile&& other) noexcept;
  ~NewFile();

  Status write(std::string_view piece);
  /// Gives it its name. Durable when it returns a value.
  Status finish();

 private:
  NewFile(std::filesystem::path path, int descriptor, bool overwrite);

  std::filesystem::path path_, part_;
  int descriptor_ = -1;  ///< -1 once it is finished or moved from
  bool overwrite_ = false;
};

}  // namespace duenotice
