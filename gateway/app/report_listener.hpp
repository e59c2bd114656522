#pragma once
#include <functional>
#include <future>
#include <memory>
#include <string>

#include "channels/channel.hpp"
#include "gateway/app/configuration.hpp"
#include "gateway/base/log.hpp"
#include "gateway/http/control_routes.hpp"
#include "gateway/http/loopback_server.hpp"

namespace duenotice::app {

/// Stores a report; blocks until it is durable or cannot be.
using ReportSink = std::function<channels::ReportTaken(const channels::Report&)>;

/// Where Kannel's delivery reports come in (channels/sms/kannel_report.hpp). It answers 200 when the sink
/// says that the report is durable, 404 when it is about no attempt of ours, 503 when it could not be stored,
/// 403 when its code is wrong and 400 when it says nothing that Kannel says.
///
/// Kannel 1.4.5 takes every answer but 200 for a failure and, by default, forgets the report. With
/// `http-request-retry` and `http-queue-delay` in its smsbox group it asks again, for as long as its process
/// lives. A report that never comes leaves its attempt unknown, never sent.
http::Route kannel_report_route(std::string key, ReportSink sink, Log& log);

/// The listener behind [channels.sms] report_listen.
class ReportListener {
 public:
  /// Binds, so that no message can be handed over whose report finds nobody; what comes before `begin` waits
  /// for it. Null where SMS are not relayed. `unavailable` names the key when the port cannot be had.
  static Result<std::unique_ptr<ReportListener>> open(const SmsSettings& settings, ReportSink sink, Log& log);
  ReportListener(const ReportListener&) = delete;
  ReportListener& operator=(const ReportListener&) = delete;
  /// Lets the reports under way finish; those that wait for `begin` are told to come again.
  ~ReportListener();

  /// The sink may be called from now on.
  void begin() { say(true); }

 private:
  ReportListener() = default;
  void say(bool open_now);

  std::promise<bool> said_;
  bool has_spoken_ = false;
  std::unique_ptr<http::LoopbackServer> server_;
};

}  // namespace duenotice::app
