#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "templates/renderer.hpp"
#include "templates/template_engine.hpp"

namespace duenotice::templates {

/// The parsed parts of one text file.
struct Text {
  std::optional<TemplateEngine::Handle> subject;
  TemplateEngine::Handle text = 0;
  std::optional<TemplateEngine::Handle> html;
  Digest digest;
};

/// Finds a text: agreement, version and the name of its file.
std::string text_key(const Agreement& agreement, const Kind& kind, Channel channel,
                     std::string_view language);

using Texts = std::map<std::string, Text, std::less<>>;

/// The library that the loader builds: every text of every kind is there, and the engine is frozen.
class TextLibrary final : public Library {
 public:
  TextLibrary(AgreementSet agreements, Texts texts, std::unique_ptr<const TemplateEngine> engine)
      : agreements_(std::move(agreements)), texts_(std::move(texts)), engine_(std::move(engine)) {}

  const AgreementSet& agreements() const override { return agreements_; }
  Result<Words, Rejection> render(const RenderInput& input) const override;
  std::optional<Rejection> check_variables(const Kind& kind, const Json& variables) const override;

 private:
  AgreementSet agreements_;
  Texts texts_;
  std::unique_ptr<const TemplateEngine> engine_;
};

}  // namespace duenotice::templates
