#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/json.hpp"
#include "gateway/base/url.hpp"

/// What a server answers, as a table that whoever owns the gateway fills in: http/ carries requests and knows
/// nothing of what they mean.

namespace duenotice::http {

struct Request {
  std::string method;
  std::string path;  ///< decoded, without the query
  /// What stood in the `{…}` places of the route, in order, decoded.
  std::vector<std::string> captured;
  std::string body;
  std::string raw_query;  ///< as it came, without the question mark
  Query query;            ///< the same, decoded
};

struct Response {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
};

/// Canonical JSON with a line end.
Response json_response(int status, const Json& value);
/// RFC 9457: `title` names the kind of problem in few words, `detail` says what to do. Holds no address.
Response problem(int status, std::string_view title, std::string_view detail);

struct Route {
  std::string method;  ///< `GET`, `POST`
  std::string path;    ///< `/v1/notices/{id}/retry`: every `{…}` stands for one segment that is not empty
  /// Called on a thread of the server, several at a time; an exception becomes a 500.
  std::function<Response(const Request&)> handle;
};

using ControlRoutes = std::vector<Route>;

/// Finds the route and runs it: 404 for a path that no route has, 405 for a method that the path has not.
Response dispatch(const ControlRoutes& routes, Request request);

}  // namespace duenotice::http
