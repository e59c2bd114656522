#pragma once
#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

#include "templates/renderer.hpp"

namespace duenotice::templates {

/// The library in use. A reload replaces it as a whole, and whoever works with the one before keeps it until
/// the work is done. A version of an agreement that was ever in use stays as it was: its digest stands in the
/// record of the notices that it made. Thread-safe.
class CurrentLibrary {
 public:
  /// `library` is not null.
  explicit CurrentLibrary(std::shared_ptr<const Library> library);

  /// Never null. What it refers to lives as long as the pointer is held.
  std::shared_ptr<const Library> get() const;

  /// Loads `folder` (and `calendar`) and replaces the library when there is no mistake. It is also a mistake
  /// when a version that is in use is missing there or has other bytes. Returns all mistakes; with any
  /// nothing was replaced.
  std::vector<Mistake> reload(const std::filesystem::path& folder,
                              const std::optional<std::filesystem::path>& calendar = std::nullopt);

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const Library> library_;
};

}  // namespace duenotice::templates
