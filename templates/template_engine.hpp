#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace duenotice::templates {

/// What the tags of a template stand for. A name that is not there hides its section.
using Values = std::map<std::string_view, std::string>;

/// Templates, parsed once, expanded many times. Built by one thread; once frozen, any thread may expand.
class TemplateEngine {
 public:
  enum class Syntax { text, html };
  /// Refers to a template of the engine that gave it out.
  using Handle = std::size_t;

  TemplateEngine();
  ~TemplateEngine();

  /// Parses a template that the linter has passed. HTML is escaped by the place where each value stands.
  /// Empty when the engine does not understand it.
  std::optional<Handle> add(Syntax syntax, std::string_view source);

  /// Ends building.
  void freeze();

  /// The template with its tags replaced. Values are never expanded again. Asserts that every variable that
  /// the template says has a value: the linter and the caller see to that, and a blank must never go out.
  std::string expand(Handle handle, const Values& values) const;

 private:
  struct Cache;
  std::unique_ptr<Cache> cache_;
};

}  // namespace duenotice::templates
