#include "gateway/http/control_routes.hpp"

#include <exception>
#include <optional>

namespace duenotice::http {

namespace {

std::vector<std::string_view> segments(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    path.remove_prefix(1);  // the slash
    parts.push_back(path.substr(0, path.find('/')));
    path.remove_prefix(parts.back().size());
  }
  return parts;
}

/// What stands in the places of `pattern`, or nothing when the path is another.
std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path) {
  const auto wanted = segments(pattern);
  const auto given = segments(path);
  if (wanted.size() != given.size()) return std::nullopt;
  std::vector<std::string> captured;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i].starts_with('{')) {
      if (given[i].empty()) return std::nullopt;
      captured.emplace_back(given[i]);
    } else if (wanted[i] != given[i]) {
      return std::nullopt;
    }
  }
  return captured;
}

}  // namespace

Response json_response(int status, const Json& value) {
  return {status, "application/json", canonical_json(value) + "\n"};
}

Response problem(int status, std::string_view title, std::string_view detail) {
  Json body = Json::object();
  body["status"] = status;
  body["title"] = title;
  body["detail"] = detail;
  return {status, "application/problem+json", canonical_json(body) + "\n"};
}

Response dispatch(const ControlRoutes& routes, Request request) {
  bool path_known = false;
  for (const Route& route : routes) {
    auto captured = match(route.path, request.path);
    if (!captured) continue;
    path_known = true;
    if (route.method != request.method) continue;
    request.captured = std::move(*captured);
    try {
      return route.handle(request);
    } catch (const std::exception& failure) {
      return problem(500, "internal error", failure.what());
    }
  }
  if (path_known)
    return problem(405, "method not allowed", "This path does not take " + request.method + ".");
  return problem(404, "not found", "There is nothing at this path.");
}

}  // namespace duenotice::http
