#include "gateway/app/fault_pointer.hpp"

#include "gateway/app/terminal.hpp"

namespace duenotice::app {
namespace {

class Writer {
 public:
  explicit Writer(std::string_view target) : target_(target) {}

  std::vector<PointedLine> write(const Json& document) {
    value(document, "", "", "", false);
    return std::move(lines_);
  }

 private:
  /// `here` is the pointer to `json`; `before` what stands in front of it on its first line.
  void value(const Json& json, const std::string& here, const std::string& before, const std::string& after,
             bool inside) {
    const bool at_fault = inside || (!target_.empty() && here == target_);
    if (json.as_object() != nullptr && !json.as_object()->empty()) {
      open(before + "{", at_fault);
      std::size_t left = json.as_object()->size();
      for (const auto& [key, member] : *json.as_object()) {
        value(member, here + "/" + json_pointer_token(key), canonical_json(Json(key)) + ": ",
              --left > 0 ? "," : "", at_fault);
      }
      close("}" + after, at_fault);
    } else if (json.as_array() != nullptr && !json.as_array()->empty()) {
      open(before + "[", at_fault);
      std::size_t index = 0;
      for (const Json& element : *json.as_array()) {
        const bool last = index + 1 == json.as_array()->size();
        value(element, here + "/" + std::to_string(index++), "", last ? "" : ",", at_fault);
      }
      close("]" + after, at_fault);
    } else {
      line(before + (json.as_fraction() != nullptr ? json.as_fraction()->text : canonical_json(json)) + after,
           at_fault);
    }
  }
  void open(const std::string& text, bool at_fault) {
    line(text, at_fault);
    ++depth_;
  }
  void close(const std::string& text, bool at_fault) {
    --depth_;
    line(text, at_fault);
  }
  void line(const std::string& text, bool at_fault) {
    lines_.push_back({std::string(depth_ * 2, ' ') + visible(text), at_fault});
  }

  const std::string_view target_;
  std::size_t depth_ = 0;
  std::vector<PointedLine> lines_;
};

const Json* child(const Json& parent, std::string_view token) {
  if (const Json::Object* object = parent.as_object()) {
    for (const auto& [key, value] : *object) {
      if (json_pointer_token(key) == token) return &value;
    }
  } else if (const Json::Array* array = parent.as_array()) {
    for (std::size_t i = 0; i < array->size(); ++i) {
      if (std::to_string(i) == token) return &(*array)[i];
    }
  }
  return nullptr;
}

/// The longest beginning of `pointer` that names something.
std::string_view what_is_there(const Json& document, std::string_view pointer) {
  const Json* here = &document;
  std::size_t end = 0;
  while (end < pointer.size()) {
    const std::size_t next = std::min(pointer.find('/', end + 1), pointer.size());
    here = child(*here, pointer.substr(end + 1, next - end - 1));
    if (here == nullptr) break;
    end = next;
  }
  return pointer.substr(0, end);
}

}  // namespace

std::vector<PointedLine> with_fault(const Json& document, std::string_view pointer) {
  return Writer(what_is_there(document, pointer)).write(document);
}

}  // namespace duenotice::app
