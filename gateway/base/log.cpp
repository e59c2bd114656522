#include "gateway/base/log.hpp"

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "gateway/base/clock.hpp"
#include "gateway/base/json.hpp"

namespace duenotice {

struct Log::Sink {
  spdlog::logger logger;
  LogFormat format;

  static std::unique_ptr<Sink> to(spdlog::sink_ptr destination, LogLevel level, LogFormat format);
};

namespace {

spdlog::level::level_enum spd_level(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return spdlog::level::debug;
    case LogLevel::info:
      return spdlog::level::info;
    case LogLevel::warning:
      return spdlog::level::warn;
    case LogLevel::error:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

std::string text_of(const LogField& field) {
  if (const auto* text = std::get_if<std::string>(&field.value)) return canonical_json(Json(*text));
  if (const auto* number = std::get_if<std::int64_t>(&field.value)) return std::to_string(*number);
  return canonical_json(std::get<Json>(field.value));
}

/// Of a line that belongs to a notice its id comes first, before the time, so that all lines of one notice
/// begin alike.
bool begins_with_notice(std::span<const LogField> fields) {
  return !fields.empty() && fields.front().key == "notice";
}

std::string json_member(const LogField& field) {
  return canonical_json(Json(field.key)) + ":" + text_of(field);
}

std::string as_json(Instant at, std::string_view level, std::string_view event,
                    std::span<const LogField> fields) {
  std::string out = "{";
  if (begins_with_notice(fields)) {
    out += json_member(fields.front()) + ",";
    fields = fields.subspan(1);
  }
  out += "\"at\":\"" + to_text(at) + "\",\"level\":\"" + std::string(level) +
         "\",\"event\":" + canonical_json(Json(event));
  for (const LogField& field : fields) out += "," + json_member(field);
  return out + "}";
}

std::string as_text(Instant at, std::string_view level, std::string_view event,
                    std::span<const LogField> fields) {
  std::string out;
  if (begins_with_notice(fields)) {
    out = "notice=" + text_of(fields.front()) + " ";
    fields = fields.subspan(1);
  }
  out += to_text(at) + " " + std::string(level) + " " + std::string(event);
  for (const LogField& field : fields) out += " " + std::string(field.key) + "=" + text_of(field);
  return out;
}

std::string_view word(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return "debug";
    case LogLevel::info:
      return "info";
    case LogLevel::warning:
      return "warning";
    case LogLevel::error:
      return "error";
  }
  return "info";
}

}  // namespace

std::unique_ptr<Log::Sink> Log::Sink::to(spdlog::sink_ptr destination, LogLevel level, LogFormat format) {
  auto sink = std::make_unique<Sink>(Sink{spdlog::logger("duenotice", std::move(destination)), format});
  sink->logger.set_level(spd_level(level));
  sink->logger.set_pattern("%v");
  return sink;
}

Log::Log() = default;
Log::~Log() = default;

Log::Log(std::unique_ptr<Sink> sink) : sink_(std::move(sink)) {}

Log::Log(LogLevel level, LogFormat format)
    : Log(Sink::to(std::make_shared<spdlog::sinks::stderr_sink_mt>(), level, format)) {}

Log::Log(LogLevel level, LogFormat format, std::ostream& out)
    : Log(Sink::to(std::make_shared<spdlog::sinks::ostream_sink_mt>(out), level, format)) {}

bool Log::logs(LogLevel level) const {
  return sink_ != nullptr && sink_->logger.should_log(spd_level(level));
}

void Log::write(LogLevel level, std::string_view event, std::span<const LogField> fields) {
  if (!logs(level)) return;
  const auto make = sink_->format == LogFormat::json ? as_json : as_text;
  const std::string line = make(SystemClock().now(), word(level), event, fields);
  sink_->logger.log(spd_level(level), "{}", line);
}

void Log::debug(std::string_view event, std::initializer_list<LogField> f) {
  write(LogLevel::debug, event, {f.begin(), f.size()});
}
void Log::info(std::string_view event, std::initializer_list<LogField> f) {
  write(LogLevel::info, event, {f.begin(), f.size()});
}
void Log::warning(std::string_view event, std::initializer_list<LogField> f) {
  write(LogLevel::warning, event, {f.begin(), f.size()});
}
void Log::error(std::string_view event, std::initializer_list<LogField> f) {
  write(LogLevel::error, event, {f.begin(), f.size()});
}

}  // namespace duenotice
