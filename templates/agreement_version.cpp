#include "templates/agreement_version.hpp"

#include "gateway/base/file_system.hpp"
#include "gateway/base/limits.hpp"
#include "templates/agreement_folder.hpp"
#include "templates/text_file.hpp"

namespace duenotice::templates {
namespace {

std::vector<TextName> text_names(const Agreement& agreement) {
  std::vector<TextName> names;
  for (const auto& [kind, duty] : agreement.kinds) {
    std::vector<Channel> channels = duty.channels;
    channels.insert(channels.end(), duty.copies.begin(), duty.copies.end());
    for (const Channel channel : channels) {
      for (const std::string& language : agreement.languages) names.push_back({kind, channel, language});
    }
  }
  return names;
}

}  // namespace

LoadedVersion load_version(const std::filesystem::path& folder) {
  LoadedVersion loaded;
  std::error_code error;
  // The folder's own name and its parent's are the version and the id.
  const auto whole = std::filesystem::canonical(folder, error);
  if (error || !std::filesystem::is_directory(whole, error)) {
    loaded.mistakes.push_back({folder, 0, "is no folder"});
    return loaded;
  }
  Texts texts;
  TemplateEngine engine;
  AgreementFolder read = read_agreement_folder(whole, texts, engine);
  loaded.mistakes = std::move(read.mistakes);
  if (!loaded.mistakes.empty()) return loaded;
  AgreementVersion version{std::move(read.file.agreement), {}};
  for (TextName& name : text_names(version.agreement)) {
    const auto file = whole / text_file_name(name.kind, name.channel, name.language);
    auto content = read_file(file, limits::agreement_file_bytes);
    if (!content) {
      loaded.mistakes.push_back({file, 0, content.error().message});
      return loaded;
    }
    version.texts.emplace(std::move(name), std::move(*content));
  }
  loaded.version = std::move(version);
  return loaded;
}

}  // namespace duenotice::templates
