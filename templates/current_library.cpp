#include "templates/current_library.hpp"

#include "gateway/base/assert.hpp"

namespace duenotice::templates {
namespace {

Loaded load(const std::filesystem::path& folder, const std::optional<std::filesystem::path>& calendar) {
  try {
    return load_library(folder, calendar);
  } catch (const std::filesystem::filesystem_error& failure) {
    return {.library = nullptr, .mistakes = {{folder, 0, failure.what()}}};
  }
}

/// Versions in use that `next` has not, or not with the same bytes.
std::vector<Mistake> broken_versions(const AgreementSet& in_use, const AgreementSet& next,
                                     const std::filesystem::path& folder) {
  std::vector<Mistake> mistakes;
  for (const Agreement& agreement : in_use.all()) {
    const auto file = folder / agreement.id / agreement.version / "agreement.toml";
    const Agreement* found = next.version(agreement.id, agreement.version);
    if (found == nullptr) {
      mistakes.push_back({file, 0, "this version is in use and is gone; put it back"});
    } else if (found->digest != agreement.digest) {
      mistakes.push_back({file, 0,
                          "this version is in use and one of its files was changed; put its files back as "
                          "they were, and give what is new a version of its own"});
    }
  }
  return mistakes;
}

}  // namespace

CurrentLibrary::CurrentLibrary(std::shared_ptr<const Library> library) : library_(std::move(library)) {
  DN_ASSERT(library_ != nullptr);
}

std::shared_ptr<const Library> CurrentLibrary::get() const {
  const std::lock_guard lock(mutex_);
  return library_;
}

std::vector<Mistake> CurrentLibrary::reload(const std::filesystem::path& folder,
                                            const std::optional<std::filesystem::path>& calendar) {
  Loaded loaded = load(folder, calendar);
  if (!loaded.library) return std::move(loaded.mistakes);
  auto mistakes = broken_versions(get()->agreements(), loaded.library->agreements(), folder);
  if (!mistakes.empty()) return mistakes;
  const std::lock_guard lock(mutex_);
  library_.swap(loaded.library);  // the old one goes once the lock is free
  return {};
}

}  // namespace duenotice::templates
