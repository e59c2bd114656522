#include "gateway/app/witness_listener.hpp"

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
  // What strangers can bring about says little and must not fill a disk.
  switch (answer.status) {
    case 200:
      log_.info("cosigned", {{"cosignature", answer.body}});
      break;
    case 422:
      log_.error("not_continued", {{"reason", answer.body}, {"request", body}});
      break;
    case 500:
      log_.error("not_remembered", {{"reason", answer.body}});
      break;
    default:
      log_.debug("refused", {{"status", std::int64_t{answer.status}}, {"reason", answer.body}});
  }
  return response(std::move(answer));
}

http::Response WitnessListener::newest(const std::string& origin_digest) {
  const std::lock_guard lock(mutex_);
  return response(witness_.newest(origin_digest));
}

}  // namespace duenotice::app
