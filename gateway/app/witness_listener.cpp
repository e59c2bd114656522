#include "gateway/app/witness_listener.hpp"

#include "gateway/app/terminal.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/http/http_server.hpp"

namespace duenotice::app {

namespace {

http::Response response(evidence::WitnessAnswer answer) {
  return {answer.status, std::move(answer.content_type), std::move(answer.body)};
}

}  // namespace

WitnessListener::WitnessListener(evidence::Witness& witness, const Clock& clock, Log& log)
    : witness_(witness), clock_(clock), log_(log) {}

WitnessListener::~WitnessListener() = default;

Result<std::unique_ptr<WitnessListener>> WitnessListener::start(const http::ListenAddress& address,
                                                                evidence::Witness& witness,
                                                                const Clock& clock, Log& log) {
  std::unique_ptr<WitnessListener> listener(new WitnessListener(witness, clock, log));
  const http::ControlRoutes routes = {
      {"POST", "/add-checkpoint",
       [self = listener.get()](const http::Request& request) { return self->add_checkpoint(request.body); }},
      {"GET", "/{digest}/checkpoint", [self = listener.get()](const http::Request& request) {
         return self->newest(request.captured.at(0));
       }}};
  auto server = http::HttpServer::start_on_address(
      address.host, address.port, routes,
      {.threads = limits::witness_threads, .body_bytes = limits::witness_request_bytes});
  if (!server) {
    return Error{ErrorKind::unavailable,
                 "cannot listen at " + address.text() + ": " + server.error().message};
  }
  listener->server_ = std::move(*server);
  return listener;
}

std::uint16_t WitnessListener::port() const { return server_->port(); }

http::Response WitnessListener::add_checkpoint(const std::string& body) {
  evidence::WitnessAnswer answer;
  {
    const std::lock_guard lock(mutex_);
    answer = witness_.add_checkpoint(body, clock_.now());
  }
  switch (answer.status) {
    case 200:
      note(LogLevel::info, "cosigned", "cosignature", answer.body);
      break;
    case 422:
      note(answer.forked ? LogLevel::error : LogLevel::warning,
           answer.forked ? "log_forked" : "not_continued", "checkpoint", answer.refused);
      break;
    case 500:
      note(LogLevel::error, "not_remembered", "reason", answer.body);
      break;
    default:
      log_.debug("refused", {{"status", std::int64_t{answer.status}}, {"reason", answer.body}});
  }
  return response(std::move(answer));
}

/// What strangers can bring about must not fill a disk.
void WitnessListener::note(LogLevel level, const std::string& event, const std::string& key,
                           const std::string& value) {
  std::int64_t unwritten = 0;
  {
    const std::lock_guard lock(mutex_);
    const Instant now = clock_.now();
    Written& written = written_[event];
    if (now < written.since || now >= written.since + std::chrono::minutes(1)) {
      written.since = now;
      written.lines = 0;
    }
    if (written.lines == limits::witness_lines_a_minute) {
      ++written.unwritten;
      return;
    }
    ++written.lines;
    std::swap(unwritten, written.unwritten);
  }
  const LogField fields[] = {{key, as_utf8(value.substr(0, limits::witness_line_bytes))},
                             {"unwritten", unwritten}};
  log_.write(level, event, std::span(fields).first(unwritten > 0 ? 2 : 1));
}

http::Response WitnessListener::newest(const std::string& origin_digest) {
  const std::lock_guard lock(mutex_);
  return response(witness_.newest(origin_digest));
}

}  // namespace duenotice::app
