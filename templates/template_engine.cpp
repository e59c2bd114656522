#include "templates/template_engine.hpp"

#include <ctemplate/template.h>
#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary_interface.h>

#include <vector>

#include "gateway/base/assert.hpp"

namespace duenotice::templates {
namespace {

/// ctemplate's view of `Values`. It renders a missing value as nothing, so misses are recorded.
class ValueDictionary final : public ctemplate::TemplateDictionaryInterface {
 public:
  ValueDictionary(const Values& values, bool& missed) : values_(values), missed_(missed) {}

 private:
  /// A section without dictionaries of its own is expanded once with its parent's.
  class NoDictionaries final : public Iterator {
   public:
    bool HasNext() const override { return false; }
    const TemplateDictionaryInterface& Next() override { assertion_failed("HasNext()", __FILE__, __LINE__); }
  };

  static std::string_view view(const ctemplate::TemplateString& name) { return {name.data(), name.size()}; }

  ctemplate::TemplateString GetValue(const ctemplate::TemplateString& variable) const override {
    const auto found = values_.find(view(variable));
    if (found == values_.end() || found->second.empty()) {
      missed_ = true;
      return {"", 0};
    }
    return {found->second.data(), found->second.size()};
  }
  bool IsHiddenSection(const ctemplate::TemplateString& name) const override {
    return !values_.contains(view(name));
  }
  bool IsUnhiddenSection(const ctemplate::TemplateString& name) const override {
    return !IsHiddenSection(name);
  }
  Iterator* CreateSectionIterator(const ctemplate::TemplateString&) const override {
    return new NoDictionaries;
  }

  // Includes: the linter lets none through.
  bool IsHiddenTemplate(const ctemplate::TemplateString&) const override { return true; }
  const char* GetIncludeTemplateName(const ctemplate::TemplateString&, int) const override { return ""; }
  Iterator* CreateTemplateIterator(const ctemplate::TemplateString&) const override {
    return new NoDictionaries;
  }

  void DumpToString(std::string*, int) const override {}

  const Values& values_;
  bool& missed_;
};

}  // namespace

struct TemplateEngine::Cache {
  ctemplate::TemplateCache templates;
  std::vector<std::string> keys;  ///< by handle
  bool frozen = false;
};

TemplateEngine::TemplateEngine() : cache_(std::make_unique<Cache>()) {}
TemplateEngine::~TemplateEngine() = default;

std::optional<TemplateEngine::Handle> TemplateEngine::add(Syntax syntax, std::string_view source) {
  DN_ASSERT(!cache_->frozen);
  const std::string key = std::to_string(cache_->keys.size());
  const std::string whole =
      (syntax == Syntax::html ? "{{%AUTOESCAPE context=\"HTML\"}}" : "") + std::string(source);
  if (!cache_->templates.StringToTemplateCache(key, whole, ctemplate::DO_NOT_STRIP)) return std::nullopt;
  cache_->keys.push_back(key);
  return cache_->keys.size() - 1;
}

void TemplateEngine::freeze() {
  cache_->templates.Freeze();
  cache_->frozen = true;
}

std::string TemplateEngine::expand(Handle handle, const Values& values) const {
  DN_ASSERT(cache_->frozen && handle < cache_->keys.size());
  bool missed = false;
  const ValueDictionary dictionary(values, missed);
  std::string out;
  const bool complete = cache_->templates.ExpandNoLoad(cache_->keys[handle], ctemplate::DO_NOT_STRIP,
                                                       &dictionary, nullptr, &out);
  DN_ASSERT(complete && !missed);
  return out;
}

}  // namespace duenotice::templates
