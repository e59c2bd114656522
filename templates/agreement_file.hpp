#pragma once
#include <map>
#include <string>
#include <string_view>

#include "gateway/agreement/agreement.hpp"
#include "gateway/base/findings.hpp"

namespace duenotice::templates {

/// Where things stand in an agreement.toml, for mistakes that only show when it is compared with other files.
struct KindLines {
  int channels = 0;
  std::map<std::string, int, std::less<>> variables;
};

/// What could be read of one agreement.toml; templates/agreements/README.md describes its format.
struct AgreementFile {
  Agreement agreement;  ///< holds only the kinds that are without mistakes; `digest` is not set
  int id_line = 0;
  int version_line = 0;
  int in_force_from_line = 0;
  std::map<std::string, KindLines, std::less<>> kinds;
};

/// Reads the file's `content`. It is whole when there are no findings.
AgreementFile read_agreement_file(std::string_view content, Findings& findings);

}  // namespace duenotice::templates
