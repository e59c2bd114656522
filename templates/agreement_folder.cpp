#include "templates/agreement_folder.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "gateway/base/file_system.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/base/listing_digest.hpp"
#include "templates/template_linter.hpp"
#include "templates/text_file.hpp"

namespace duenotice::templates {
namespace {

namespace fs = std::filesystem;

/// Which parts of which files do not say something that they should.
struct Omission {
  fs::path file;
  int line = 0;
  std::string part;
};

class FolderReader {
 public:
  FolderReader(fs::path folder, Texts& texts, TemplateEngine& engine)
      : folder_(std::move(folder)), toml_(folder_ / "agreement.toml"), texts_(texts), engine_(engine) {}

  AgreementFolder run() {
    read_names();
    if (!names_.contains("agreement.toml")) {
      toml_.add(0, "is missing");
    } else if (const auto content = read("agreement.toml", toml_)) {
      result_.file = read_agreement_file(*content, toml_);
      check_names();
      read_texts();
      // With a kind in doubt nobody can say which texts are too many.
      if (toml_.none()) refuse_other_files();
    }
    keep(toml_);
    result_.file.agreement.digest = listing_digest(digests_);
    return std::move(result_);
  }

 private:
  void read_names() {
    for (const auto& entry : fs::directory_iterator(folder_)) names_.insert(entry.path().filename().string());
  }

  void keep(const Findings& findings) {
    std::ranges::copy(findings.mistakes(), std::back_inserter(result_.mistakes));
  }

  /// A file of the folder; it becomes part of the agreement's digest.
  std::optional<std::string> read(const std::string& name, Findings& findings) {
    auto content = read_file(folder_ / name, limits::agreement_file_bytes);
    if (!content) {
      findings.add(0, content.error().message);
      return std::nullopt;
    }
    digests_[name] = sha256(*content).hex();
    return std::move(*content);
  }

  void check_names() {
    const Agreement& agreement = result_.file.agreement;
    const std::string version = folder_.filename().string();
    const std::string id = folder_.parent_path().filename().string();
    if (!agreement.id.empty() && agreement.id != id) {
      toml_.add(result_.file.id_line,
                "has the id '" + agreement.id + "' and stands in the folder '" + id + "'");
    }
    if (!agreement.version.empty() && agreement.version != version) {
      toml_.add(result_.file.version_line,
                "has the version '" + agreement.version + "' and stands in the folder '" + version + "'");
    }
  }

  void read_texts() {
    for (const auto& [name, kind] : result_.file.agreement.kinds) {
      missing_.clear();
      parts_ = 0;
      for (const Channel channel : kind.channels) read_channel(kind, channel, "counts");
      for (const Channel channel : kind.copies) read_channel(kind, channel, "is a copy");
      report_omissions(kind);
    }
  }

  void read_channel(const Kind& kind, Channel channel, std::string_view role) {
    std::vector<std::string> absent;
    const auto& languages = result_.file.agreement.languages;
    for (const std::string& language : languages) {
      const std::string name = text_file_name(kind.name, channel, language);
      expected_.insert(name);
      if (names_.contains(name)) {
        read_text(kind, channel, language, name);
      } else {
        absent.push_back(name);
      }
    }
    const int line = result_.file.kinds.at(kind.name).channels;
    if (absent.size() == languages.size() && absent.size() > 1) {
      toml_.add(line, "the channel '" + std::string(to_text(channel)) + "' of the kind '" + kind.name + "' " +
                          std::string(role) + ", but it has no text in any language");
      return;
    }
    for (const std::string& name : absent) {
      toml_.add(line, "the text " + name + " of the kind '" + kind.name + "' is missing");
    }
  }

  void read_text(const Kind& kind, Channel channel, const std::string& language, const std::string& name) {
    Findings findings(folder_ / name);
    if (const auto content = read(name, findings)) {
      Text text;
      text.digest = sha256(*content);
      for (const Part& part : split_text_file(*content, channel, findings)) {
        add_part(kind, channel, part, text, findings);
      }
      texts_[text_key(result_.file.agreement, kind, channel, language)] = text;
    }
    keep(findings);
  }

  void add_part(const Kind& kind, Channel channel, const Part& part, Text& text, Findings& findings) {
    const bool is_html = part.name == "html";
    const bool is_headline = part.name == headline_name(channel);
    const PartForm form = channel == Channel::sms ? PartForm::sms : is_html ? PartForm::html : PartForm::text;
    const std::size_t before = findings.count();
    const bool always_dated =
        kind.needs_effective_date || !result_.file.agreement.effective_on_sending.empty();
    const LintedPart linted = lint_part(part, kind, form, always_dated, findings);
    if (findings.count() != before || part.body.empty()) return;
    if (!is_headline) note_omissions(kind, part, linted, findings);
    const auto handle =
        engine_.add(is_html ? TemplateEngine::Syntax::html : TemplateEngine::Syntax::text, linted.source);
    if (!handle) {
      findings.add(part.line, "the template engine does not understand the part '" + part.name + "'");
    } else if (is_html) {
      text.html = *handle;
    } else if (is_headline) {
      text.subject = *handle;
    } else {
      text.text = *handle;
    }
  }

  void note_omissions(const Kind& kind, const Part& part, const LintedPart& linted, Findings& findings) {
    ++parts_;
    for (const auto& [variable, type] : kind.variables) {
      if (!linted.used.contains(variable))
        missing_[variable].push_back({findings.file(), part.line, part.name});
    }
    // A request may carry a date for any kind; a text without it would withhold it from the reader.
    if (!linted.used.contains("effective_date")) {
      findings.add(part.line, "the part '" + part.name + "' never says {{effective_date}}");
    }
  }

  /// A variable that no text uses is a mistake of its declaration, otherwise of the parts that leave it out.
  void report_omissions(const Kind& kind) {
    for (const auto& [variable, omissions] : missing_) {
      if (omissions.size() == parts_) {
        toml_.add(result_.file.kinds.at(kind.name).variables.at(variable),
                  "no text of the kind '" + kind.name + "' uses the variable '" + variable + "'");
        continue;
      }
      for (const Omission& omission : omissions) {
        result_.mistakes.push_back(
            {omission.file, omission.line,
             "the part '" + omission.part + "' does not use the variable '" + variable + "'"});
      }
    }
  }

  void refuse_other_files() {
    for (const std::string& name : names_) {
      if (name == "agreement.toml" || expected_.contains(name)) continue;
      result_.mistakes.push_back(
          {folder_ / name, 1, "belongs to no kind, channel and language of the agreement"});
    }
  }

  fs::path folder_;
  Findings toml_;
  Texts& texts_;
  TemplateEngine& engine_;
  AgreementFolder result_;
  std::set<std::string> names_;                           ///< of the files in the folder
  std::set<std::string> expected_;                        ///< names that texts of the agreement have
  std::map<std::string, std::vector<Omission>> missing_;  ///< of the kind at hand, by variable
  std::size_t parts_ = 0;                                 ///< of the kind at hand, without headlines
  std::map<std::string, std::string> digests_;            ///< by name of the file
};

}  // namespace

AgreementFolder read_agreement_folder(const fs::path& folder, Texts& texts, TemplateEngine& engine) {
  return FolderReader(folder, texts, engine).run();
}

}  // namespace duenotice::templates
