#include <algorithm>
#include <tuple>

#include "gateway/base/file_system.hpp"
#include "gateway/base/limits.hpp"
#include "templates/agreement_folder.hpp"
#include "templates/calendar_file.hpp"
#include "templates/renderer.hpp"

namespace duenotice::templates {
namespace {

namespace fs = std::filesystem;

struct Found {
  Agreement agreement;
  fs::path file;
  int in_force_from_line = 0;
};

/// The folders directly inside `folder`, by name. Anything else there but a README is a mistake.
std::vector<fs::path> folders_in(const fs::path& folder, std::vector<Mistake>& mistakes) {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_directory()) {
      folders.push_back(entry.path());
    } else if (entry.path().filename() != "README.md") {
      mistakes.push_back({entry.path(), 1, "stands outside of a folder <id>/<version>/"});
    }
  }
  std::ranges::sort(folders);
  return folders;
}

/// With two versions from the same day nobody could say which one is in force.
void refuse_same_day(const std::vector<Found>& found, std::vector<Mistake>& mistakes) {
  for (std::size_t later = 0; later < found.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      const Agreement& a = found[earlier].agreement;
      const Agreement& b = found[later].agreement;
      if (a.id != b.id || a.in_force_from != b.in_force_from || found[later].in_force_from_line == 0)
        continue;
      mistakes.push_back({found[later].file, found[later].in_force_from_line,
                          "the version '" + a.version + "' of '" + a.id +
                              "' is in force from the same day, " + to_text(a.in_force_from)});
    }
  }
}

RestDays read_calendar(const fs::path& file, std::vector<Mistake>& mistakes) {
  Findings findings(file);
  RestDays rest_days;
  if (const auto content = read_file(file, limits::agreement_file_bytes)) {
    rest_days = read_calendar_file(*content, findings);
  } else {
    findings.add(0, content.error().message);
  }
  std::ranges::copy(findings.mistakes(), std::back_inserter(mistakes));
  return rest_days;
}

}  // namespace

Loaded load_library(const fs::path& folder, const std::optional<fs::path>& calendar) {
  Loaded loaded;
  if (!fs::is_directory(folder)) {
    loaded.mistakes.push_back({folder, 0, "is no folder"});
    return loaded;
  }
  Texts texts;
  auto engine = std::make_unique<TemplateEngine>();
  std::vector<Found> found;
  for (const fs::path& id : folders_in(folder, loaded.mistakes)) {
    const auto versions = folders_in(id, loaded.mistakes);
    if (versions.empty()) loaded.mistakes.push_back({id, 0, "holds no version of an agreement"});
    for (const fs::path& version : versions) {
      AgreementFolder read = read_agreement_folder(version, texts, *engine);
      std::ranges::move(read.mistakes, std::back_inserter(loaded.mistakes));
      found.push_back(
          {std::move(read.file.agreement), version / "agreement.toml", read.file.in_force_from_line});
    }
  }
  if (found.empty() && loaded.mistakes.empty()) loaded.mistakes.push_back({folder, 0, "holds no agreement"});
  RestDays rest_days;
  if (calendar) rest_days = read_calendar(*calendar, loaded.mistakes);
  refuse_same_day(found, loaded.mistakes);
  std::ranges::stable_sort(loaded.mistakes, [](const Mistake& a, const Mistake& b) {
    return std::tie(a.file, a.line) < std::tie(b.file, b.line);
  });
  if (!loaded.mistakes.empty()) return loaded;

  engine->freeze();
  std::vector<Agreement> agreements;
  for (Found& each : found) agreements.push_back(std::move(each.agreement));
  loaded.library = std::make_shared<TextLibrary>(AgreementSet(std::move(agreements), std::move(rest_days)),
                                                 std::move(texts), std::move(engine));
  return loaded;
}

}  // namespace duenotice::templates
