#include "gateway/base/log.hpp"

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

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

std::string as_json(std::string_view event, std::span<const LogField> fields) {
  std::string out = ",\"event\":" + canonical_json(Json(event));
  for (const LogField& field : fields) out += "," + canonical_json(Json(field.key)) + ":" + text_of(field);
  return out;
}

std::string as_text(std::string_view event, std::span<const LogField> fields) {
  std::string out(event);
  for (const LogField& field : fields) {
    out += " ";
    out += field.key;
    out += "=" + text_of(field);
  }
  return out;
}

}  // namespace

std::unique_ptr<Log::Sink> Log::Sink::to(spdlog::sink_ptr destination, LogLevel level, LogFormat format) {
  auto sink = std::make_unique<Sink>(Sink{spdlog::logger("duenotice", std::move(destination)), format});
  sink->logger.set_level(spd_level(level));
  const auto utc = spdlog::pattern_time_type::utc;
  if (format == LogFormat::json) {
    sink->logger.set_pattern(R"({"at":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l"%v})", utc);
  } else {
    sink->logger.set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", utc);
  }
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
  const std::string line = sink_->format == LogFormat::json ? as_json(event, fields) : as_text(event, fields);
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
