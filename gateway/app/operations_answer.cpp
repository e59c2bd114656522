#include "gateway/app/operations_answer.hpp"

#include <array>

#include "gateway/notice/masked_text.hpp"

namespace duenotice::app {
namespace {

struct Meaning {
  ErrorKind kind;
  int status;
  std::string_view title;
};
constexpr std::array meanings{
    Meaning{ErrorKind::invalid, 422, "refused"}, Meaning{ErrorKind::not_found, 404, "not found"},
    Meaning{ErrorKind::unavailable, 503, "unavailable"}, Meaning{ErrorKind::no_space, 507, "no space"},
    Meaning{ErrorKind::broken, 500, "broken"}};

}  // namespace

http::Response answer_operation(const std::string& body,
                                const std::function<Result<Json>(const Json&)>& perform) {
  const auto order = parse_json(body);
  if (!order || order->as_object() == nullptr)
    return http::problem(400, "malformed", "The body must be a JSON object.");
  const auto done = perform(*order);
  if (done) return http::json_response(200, *done);
  const std::string message = masked_text(done.error().message);
  for (const Meaning& meaning : meanings) {
    if (meaning.kind == done.error().kind) return http::problem(meaning.status, meaning.title, message);
  }
  return http::problem(500, "internal error", message);
}

Result<Json> read_answer(const http::Response& response) {
  auto answer = parse_json(response.body);
  if (!answer || answer->as_object() == nullptr)
    return Error{ErrorKind::unavailable,
                 "the gateway's answer is none of its own; is another program there?"};
  if (response.status == 200) return std::move(*answer);
  const Json* detail = answer->find("detail");
  const std::string message = detail != nullptr && detail->as_string() != nullptr
                                  ? *detail->as_string()
                                  : "status " + std::to_string(response.status);
  for (const Meaning& meaning : meanings) {
    if (meaning.status == response.status) return Error{meaning.kind, message};
  }
  return Error{ErrorKind::invalid, message};
}

}  // namespace duenotice::app
