#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "gateway/base/result.hpp"
#include "gateway/base/time.hpp"

namespace duenotice {

/// A value of a TOML file with the line it stands on.
struct TomlNode {
  using List = std::vector<TomlNode>;
  using Table = std::map<std::string, TomlNode, std::less<>>;
  /// A value of a type that no file of ours has a use for, by the name of its type.
  struct Other {
    std::string_view type;
  };

  int line = 0;
  int key_line = 0;  ///< where its key stands; `line` in a list
  std::variant<Table, List, std::string, std::int64_t, bool, CalendarDate, Other> value;

  template <class T>
  const T* as() const {
    return std::get_if<T>(&value);
  }
  /// Its type in words, with an article.
  std::string_view type() const;
};

struct TomlFault {
  int line = 0;
  std::string message;
};

/// Parses TOML 1.0. The node is the file's own table.
Result<TomlNode, TomlFault> parse_toml(std::string_view content);

}  // namespace duenotice
