#pragma once
#include <filesystem>
#include <mutex>
#include <optional>
#include <vector>

#include "gateway/base/clock.hpp"
#include "gateway/base/json.hpp"
#include "gateway/base/log.hpp"
#include "templates/current_library.hpp"

namespace duenotice::app {

/// The reload of the agreements and of the calendar that SIGHUP asks for: all of it, or with any mistake
/// nothing. Every mistake is a line of the log; `status` shows how the last one ended. Everything given must
/// outlive it.
class AgreementReload {
 public:
  AgreementReload(templates::CurrentLibrary& library, std::filesystem::path folder,
                  std::optional<std::filesystem::path> calendar, const Clock& clock, Log& log);

  /// Returns whether the agreements were replaced. One thread.
  bool reload();

  /// For the status page: since when the agreements in use are, how many versions there are, how the last
  /// reload ended. Any thread.
  Json status() const;

 private:
  struct Last {
    Instant at;
    std::vector<templates::Mistake> mistakes;
  };

  templates::CurrentLibrary& library_;
  const std::filesystem::path folder_;
  const std::optional<std::filesystem::path> calendar_;
  const Clock& clock_;
  Log& log_;
  mutable std::mutex mutex_;
  Instant loaded_at_;         ///< guarded by mutex_
  std::optional<Last> last_;  ///< guarded by mutex_
};

/// A mistake as a person reads it: where it is, and what is wrong.
std::string in_words(const templates::Mistake& mistake);

/// Why nothing was loaded: how many mistakes there are, in the agreements or in `calendar`, and the first of
/// them. There is at least one.
std::string mistakes_in_words(const std::vector<templates::Mistake>& mistakes,
                              const std::optional<std::filesystem::path>& calendar);

}  // namespace duenotice::app
