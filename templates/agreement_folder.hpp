#pragma once
#include <filesystem>

#include "templates/agreement_file.hpp"
#include "templates/text_library.hpp"

namespace duenotice::templates {

/// One `<id>/<version>/` folder: its agreement with the texts that belong to it.
struct AgreementFolder {
  AgreementFile file;
  std::vector<Mistake> mistakes;
};

/// Reads and checks the folder. Its texts go into `texts` and `engine`. Texts are compared with those kinds
/// of agreement.toml that have no mistake themselves, so that one slip is not reported many times.
AgreementFolder read_agreement_folder(const std::filesystem::path& folder, Texts& texts,
                                      TemplateEngine& engine);

}  // namespace duenotice::templates
