#include "gateway/http/control_routes.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

using namespace duenotice;
using namespace duenotice::http;

namespace {

const ControlRoutes routes = {
    {"GET", "/v1/status",
     [](const Request&) {
       return json_response(200, Json::Object{{"up", true}});
     }},
    {"POST", "/v1/notices/{id}/retry",
     [](const Request& request) {
       return json_response(202, Json(request.captured[0] + ":" + request.body));
     }},
    {"GET", "/v1/broken", [](const Request&) -> Response { throw std::runtime_error("out of order"); }},
};

Response ask(const std::string& method, const std::string& path, const std::string& body = "") {
  return dispatch(routes, {method, path, {}, body});
}

}  // namespace

TEST_CASE("A route is found by method and path, its places filled") {
  CHECK(ask("GET", "/v1/status").body == "{\"up\":true}\n");
  const Response retry = ask("POST", "/v1/notices/01J2/retry", "now");
  CHECK(retry.status == 202);
  CHECK(retry.body == "\"01J2:now\"\n");
}

TEST_CASE("What no route has is 404, a method that it has not is 405, an exception is 500") {
  for (const char* path :
       {"/", "/v1", "/v1/status/", "/v1/status/x", "/v1/notices//retry", "/v1/notices/a/b/retry"}) {
    INFO(path);
    CHECK(ask("GET", path).status == 404);
  }
  CHECK(ask("POST", "/v1/status").status == 405);
  const Response broken = ask("GET", "/v1/broken");
  CHECK(broken.status == 500);
  CHECK(broken.content_type == "application/problem+json");
  CHECK(broken.body == "{\"detail\":\"out of order\",\"status\":500,\"title\":\"internal error\"}\n");
}
