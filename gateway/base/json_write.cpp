#include <algorithm>
#include <array>
#include <cstdio>

#include "gateway/base/json.hpp"
#include "gateway/base/utf8.hpp"

namespace duenotice {
namespace {

bool needs_escape(char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20; }

void write_escape(char c, std::string& out) {
  constexpr std::string_view shortest = "\"\"\\\\\bb\ff\nn\rr\tt";  // pairs: the character, its letter
  for (std::size_t i = 0; i < shortest.size(); i += 2) {
    if (shortest[i] == c) {
      out.append({'\\', shortest[i + 1]});
      return;
    }
  }
  std::array<char, 8> escape{};
  std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(c));
  out += escape.data();
}

std::u16string utf16(std::string_view text) {
  std::u16string out;
  for (const char32_t point : code_points(text)) {
    if (point < 0x10000) {
      out.push_back(static_cast<char16_t>(point));
    } else {
      out.push_back(static_cast<char16_t>(0xD800 + ((point - 0x10000) >> 10)));
      out.push_back(static_cast<char16_t>(0xDC00 + ((point - 0x10000) & 0x3FF)));
    }
  }
  return out;
}

/// RFC 8785 3.2.3 sorts by UTF-16 code units, which differs from UTF-8 order only beyond the basic plane.
std::vector<const Json::Object::value_type*> sorted_members(const Json::Object& object) {
  std::vector<const Json::Object::value_type*> members;
  members.reserve(object.size());
  bool beyond_basic_plane = false;
  for (const auto& member : object) {
    members.push_back(&member);
    beyond_basic_plane =
        beyond_basic_plane || std::any_of(member.first.begin(), member.first.end(),
                                          [](char c) { return static_cast<unsigned char>(c) >= 0xEE; });
  }
  if (beyond_basic_plane) {
    std::sort(members.begin(), members.end(),
              [](const auto* a, const auto* b) { return utf16(a->first) < utf16(b->first); });
  }
  return members;
}

class Writer {
 public:
  explicit Writer(bool pretty) : pretty_(pretty) {}
  std::string out;

  void write(const Json& value, int level = 0) {
    if (value.is_null()) {
      out += "null";
    } else if (const bool* truth = value.as_bool()) {
      out += *truth ? "true" : "false";
    } else if (const std::int64_t* number = value.as_integer()) {
      out += std::to_string(*number);
    } else if (const std::string* text = value.as_string()) {
      append_json_string(*text, out);
    } else if (const Json::Array* array = value.as_array()) {
      sequence('[', ']', *array, level, [&](const Json& element) { write(element, level + 1); });
    } else if (const Json::Object* object = value.as_object()) {
      sequence('{', '}', sorted_members(*object), level, [&](const Json::Object::value_type* member) {
        append_json_string(member->first, out);
        out += pretty_ ? ": " : ":";
        write(member->second, level + 1);
      });
    } else {
      DN_ASSERT(value.as_fraction() == nullptr);
    }
  }

 private:
  template <class Items, class Each>
  void sequence(char open, char close, const Items& items, int level, Each each) {
    out += open;
    bool first = true;
    for (const auto& item : items) {
      if (!first) out += ',';
      first = false;
      new_line(level + 1);
      each(item);
    }
    if (!first) new_line(level);
    out += close;
  }

  void new_line(int level) {
    if (pretty_) out.append("\n").append(static_cast<std::size_t>(level) * 2, ' ');
  }

  bool pretty_;
};

std::string written(const Json& value, bool pretty) {
  Writer writer(pretty);
  writer.write(value);
  return std::move(writer.out);
}

}  // namespace

/// RFC 8785 3.2.2.2: only the shortest escapes.
void append_json_string(std::string_view text, std::string& out) {
  out += '"';
  while (!text.empty()) {
    const auto end = std::find_if(text.begin(), text.end(), needs_escape);
    const auto plain = static_cast<std::size_t>(end - text.begin());
    out.append(text.substr(0, plain));
    if (end == text.end()) break;
    write_escape(*end, out);
    text.remove_prefix(plain + 1);
  }
  out += '"';
}

std::string canonical_json(const Json& value) { return written(value, false); }
std::string pretty_json(const Json& value) { return written(value, true); }

}  // namespace duenotice
