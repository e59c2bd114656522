#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateway/agreement/agreement.hpp"
#include "templates/renderer.hpp"

namespace duenotice::templates {

/// Which text of a version.
struct TextName {
  std::string kind;
  Channel channel = Channel::email;
  std::string language;
  auto operator<=>(const TextName&) const = default;
};

/// One version as its author wrote it: for comparing versions, also one that is not in the gateway's folder
/// yet.
struct AgreementVersion {
  Agreement agreement;
  std::map<TextName, std::string> texts;  ///< the files, as they are
};

/// Reads the one `<id>/<version>/` folder with the same checks as `load_library`. Empty when there are
/// mistakes.
struct LoadedVersion {
  std::optional<AgreementVersion> version;
  std::vector<Mistake> mistakes;
};
LoadedVersion load_version(const std::filesystem::path& folder);

}  // namespace duenotice::templates
