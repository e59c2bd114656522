#pragma once
#include <initializer_list>
#include <iosfwd>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "gateway/base/json.hpp"

/// Logs for operators: one line per happening, JSON or text, on stderr. A line is its time, its level, an
/// event word and key-value fields. Where the first field is `notice`, it comes before all of these: what
/// belongs to a notice begins with its id. Addresses go in masked, bodies and names never. Thread-safe.

namespace duenotice {

enum class LogLevel { debug, info, warning, error };
enum class LogFormat { json, text };

struct LogField {
  std::string_view key;
  std::variant<std::string, std::int64_t, Json> value;
};

class Log {
 public:
  /// Discards everything; for commands and tests that have nothing to log.
  Log();
  /// Writes to stderr.
  Log(LogLevel level, LogFormat format);
  /// Writes to `out`, which must outlive it.
  Log(LogLevel level, LogFormat format, std::ostream& out);
  ~Log();

  /// Whether a line of this level would be written.
  bool logs(LogLevel level) const;
  void write(LogLevel level, std::string_view event, std::span<const LogField> fields);
  void debug(std::string_view event, std::initializer_list<LogField> fields = {});
  void info(std::string_view event, std::initializer_list<LogField> fields = {});
  void warning(std::string_view event, std::initializer_list<LogField> fields = {});
  void error(std::string_view event, std::initializer_list<LogField> fields = {});

 private:
  struct Sink;
  explicit Log(std::unique_ptr<Sink> sink);
  std::unique_ptr<Sink> sink_;
};

}  // namespace duenotice
