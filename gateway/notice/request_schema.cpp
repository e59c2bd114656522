#include "gateway/notice/request_schema.hpp"

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "gateway/notice/field_rules.hpp"

namespace duenotice {
namespace {

using Document = nlohmann::json;

Document to_document(const Json& value) {
  if (const bool* truth = value.as_bool()) return *truth;
  if (const std::int64_t* number = value.as_integer()) return *number;
  if (const Json::Fraction* fraction = value.as_fraction())
    return std::strtod(fraction->text.c_str(), nullptr);
  if (const std::string* text = value.as_string()) return *text;
  if (const Json::Array* elements = value.as_array()) {
    Document out = Document::array();
    for (const Json& element : *elements) out.push_back(to_document(element));
    return out;
  }
  if (const Json::Object* members = value.as_object()) {
    Document out = Document::object();
    for (const auto& [key, member] : *members) out[key] = to_document(member);
    return out;
  }
  return nullptr;
}

/// The schema as valijson may see it.
void remove_formats(Document& node) {
  if (node.is_object()) node.erase("format");
  if (node.is_structured()) {
    for (Document& child : node) remove_formats(child);
  }
}

/// valijson names a place `<root>["recipient"]["email"]`, one token of it an element.
std::string pointer_of(const std::vector<std::string>& context) {
  std::string pointer;
  for (const std::string& step : context) {
    if (step.size() < 3 || step.front() != '[') continue;
    std::string token = step.substr(1, step.size() - 2);
    if (token.size() >= 2 && token.front() == '"') token = token.substr(1, token.size() - 2);
    pointer += "/" + json_pointer_token(token);
  }
  return pointer;
}

/// Checks the `format` words of a schema that uses only the keywords of request.schema.json.
class FormatCheck {
 public:
  explicit FormatCheck(const Document& schema) : schema_(schema) {}

  std::optional<SchemaRefusal> refuse(const Document& node, const Json& value,
                                      const std::string& place) const {
    if (const auto reference = node.find("$ref"); reference != node.end()) {
      return refuse(schema_.at(Document::json_pointer(reference->get<std::string>().substr(1))), value,
                    place);
    }
    if (const std::string* text = value.as_string()) {
      const auto format = node.find("format");
      if (format == node.end()) return std::nullopt;
      const TextRule* rule = find_text_rule(format->get<std::string>());
      DN_ASSERT(rule != nullptr);
      if (rule->accepts(*text)) return std::nullopt;
      return SchemaRefusal{place, "this field must " + std::string(rule->demand)};
    }
    return refuse_children(node, value, place);
  }

 private:
  std::optional<SchemaRefusal> refuse_children(const Document& node, const Json& value,
                                               const std::string& place) const {
    if (const Json::Object* members = value.as_object()) {
      for (const auto& [key, member] : *members) {
        const Document* child = schema_of_member(node, key);
        if (child == nullptr) continue;
        if (auto refusal = refuse(*child, member, place + "/" + json_pointer_token(key))) return refusal;
      }
    }
    const auto items = node.find("items");
    if (const Json::Array* elements = value.as_array(); elements != nullptr && items != node.end()) {
      for (std::size_t i = 0; i < elements->size(); ++i) {
        if (auto refusal = refuse(*items, (*elements)[i], place + "/" + std::to_string(i))) return refusal;
      }
    }
    return std::nullopt;
  }

  static const Document* schema_of_member(const Document& node, const std::string& key) {
    if (const auto named = node.find("properties"); named != node.end()) {
      if (const auto found = named->find(key); found != named->end()) return &*found;
    }
    const auto others = node.find("additionalProperties");
    return others != node.end() && others->is_object() ? &*others : nullptr;
  }

  const Document& schema_;
};

}  // namespace

struct RequestSchema::Compiled {
  Document document;
  valijson::Schema structure;
};

RequestSchema::RequestSchema() {
  auto compiled = std::make_unique<Compiled>();
  compiled->document = Document::parse(text(), nullptr, false);
  DN_ASSERT(compiled->document.is_object());
  Document structure = compiled->document;
  remove_formats(structure);
  valijson::SchemaParser().populateSchema(valijson::adapters::NlohmannJsonAdapter(structure),
                                          compiled->structure);
  compiled_ = std::move(compiled);
}

RequestSchema::~RequestSchema() = default;
RequestSchema::RequestSchema(RequestSchema&&) noexcept = default;
RequestSchema& RequestSchema::operator=(RequestSchema&&) noexcept = default;

std::optional<SchemaRefusal> RequestSchema::refuse(const Json& request) const {
  const Document document = to_document(request);
  valijson::ValidationResults results;
  // A validator of one's own: it holds a cache, and this function may run on any thread.
  if (!valijson::Validator().validate(compiled_->structure, valijson::adapters::NlohmannJsonAdapter(document),
                                      &results)) {
    valijson::ValidationResults::Error first;
    const bool explained = results.popError(first);
    return SchemaRefusal{
        explained ? pointer_of(first.context) : "",
        "the request differs here from request.schema.json; change it to what the schema says"};
  }
  return FormatCheck(compiled_->document).refuse(compiled_->document, request, "");
}

}  // namespace duenotice
