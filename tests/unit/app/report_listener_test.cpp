#include "gateway/app/report_listener.hpp"

#include <catch2/catch.hpp>

#include "channels/sms/kannel_report.hpp"

using namespace duenotice;
using namespace duenotice::app;
using channels::ReportTaken;

namespace {

const std::string key = "key";
const std::string notice = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

/// What the route answers when the sink says `taken`; the report that the sink was given goes to `given`.
int status_for(ReportTaken taken, const std::string& query, const std::string& signed_with = key,
               channels::Report* given = nullptr) {
  Log log;
  const http::Route route = kannel_report_route(
      key,
      [&](const channels::Report& report) {
        if (given != nullptr) *given = report;
        return taken;
      },
      log);
  const std::string url = channels::kannel_report_url(channels::kannel_report_path, signed_with, notice, 3);
  http::Request request;
  request.method = "GET";
  request.path = url.substr(0, url.find('?'));
  request.raw_query = query;
  return http::dispatch({route}, request).status;
}

}  // namespace

TEST_CASE("A report is answered by what became of it") {
  channels::Report given;
  CHECK(status_for(ReportTaken::recorded, "step=8&id=c-1", key, &given) == 200);
  CHECK(given.notice_id == notice);
  CHECK(given.attempt == 3);
  CHECK(given.provider_id == "c-1");
  CHECK(status_for(ReportTaken::no_such_attempt, "step=8") == 404);
  CHECK(status_for(ReportTaken::try_later, "step=8") == 503);
}

TEST_CASE("What is no report of ours never reaches the sink") {
  channels::Report given;
  CHECK(status_for(ReportTaken::recorded, "step=8", "another key", &given) == 403);
  CHECK(status_for(ReportTaken::recorded, "step=7", key, &given) == 400);
  CHECK(given.notice_id.empty());
}

TEST_CASE("Without a relay there is no listener") {
  Log log;
  SmsSettings settings;
  const auto nothing = ReportListener::open(settings, {}, log);
  REQUIRE(nothing.ok());
  CHECK(*nothing == nullptr);
}
