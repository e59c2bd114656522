#include "gateway/app/report_listener.hpp"

#include "channels/sms/kannel_report.hpp"

namespace duenotice::app {
namespace {

http::Response refuse(Log& log, channels::KannelReportFault fault) {
  // Neither path nor query is logged: both may be anything.
  if (fault == channels::KannelReportFault::not_ours) {
    log.warning("report_refused", {{"reason", std::string("wrong_code")}});
    return http::problem(403, "wrong code", "This is no URL that the gateway made.");
  }
  log.warning("report_refused", {{"reason", std::string("malformed")}});
  return http::problem(400, "malformed", "This is no delivery report.");
}

http::Response answer(channels::ReportTaken taken) {
  switch (taken) {
    case channels::ReportTaken::recorded:
      return {200, "text/plain", "recorded\n"};
    case channels::ReportTaken::no_such_attempt:
      return http::problem(404, "no such attempt", "The journal has no such attempt.");
    case channels::ReportTaken::try_later:
      return http::problem(503, "not recorded", "The journal cannot store it now; say it again.");
  }
  DN_ASSERT(false);
}

}  // namespace

http::Route kannel_report_route(std::string key, ReportSink sink, Log& log) {
  return {"GET", std::string(channels::kannel_report_path) + "/{notice}/{attempt}/{code}",
          [key = std::move(key), sink = std::move(sink), &log](const http::Request& request) {
            const auto report = channels::parse_kannel_report(request.path, request.raw_query, key);
            if (!report) return refuse(log, report.error());
            return answer(sink(*report));
          }};
}

Result<std::unique_ptr<ReportListener>> ReportListener::open(const SmsSettings& settings, ReportSink sink,
                                                             Log& log) {
  std::unique_ptr<ReportListener> listener;
  if (!settings.relayed()) return listener;
  auto key = settings.report_key.read();
  if (!key) return key.error();
  const auto address = http::parse_loopback(settings.report_listen);
  DN_ASSERT(address.has_value());
  listener.reset(new ReportListener);
  const std::shared_future<bool> may_begin = listener->said_.get_future().share();
  const ReportSink later = [may_begin, sink = std::move(sink)](const channels::Report& report) {
    return may_begin.get() ? sink(report) : channels::ReportTaken::try_later;
  };
  auto server = http::LoopbackServer::start(*address, {kannel_report_route(std::move(*key), later, log)});
  if (!server) {
    return Error{server.error().kind, "[channels.sms] report_listen: " + server.error().message +
                                          "; stop what has it, or name another port"};
  }
  listener->server_ = std::move(*server);
  return listener;
}

ReportListener::~ReportListener() {
  if (!has_spoken_) say(false);
}

void ReportListener::say(bool open_now) {
  has_spoken_ = true;
  said_.set_value(open_now);
}

}  // namespace duenotice::app
