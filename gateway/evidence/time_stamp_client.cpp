#include "gateway/evidence/time_stamp_client.hpp"

#include "gateway/base/limits.hpp"
#include "gateway/evidence/http_post.hpp"

namespace duenotice::evidence {

TimeStampClient::TimeStampClient(TimeStampServer server, const Clock& clock, Random& random)
    : server_(std::move(server)), clock_(clock), random_(random) {
  DN_ASSERT(server_.policy.empty() || is_object_identifier(server_.policy));
}

Result<TimeStamp> TimeStampClient::stamp(std::string_view data, std::stop_token stop) {
  const TimeStampRequest request = make_time_stamp_request(data, server_.policy, random_);
  HttpPost post;
  post.url = server_.url;
  post.content_type = "application/timestamp-query";
  post.body = to_der(request);
  post.ca_file = server_.ca_file;
  post.connect_timeout = limits::time_stamp_connect_timeout;
  post.timeout = limits::time_stamp_timeout;
  post.answer_bytes = limits::time_stamp_reply_bytes;
  const auto answer = http_post(post, std::move(stop));
  if (!answer) return answer.error();
  if (answer->status != 200) {
    const bool passing = answer->status >= 500 || answer->status == 429;
    return Error{passing ? ErrorKind::unavailable : ErrorKind::invalid,
                 "it answered with HTTP status " + std::to_string(answer->status)};
  }
  if (answer->content_type != "application/timestamp-reply") {
    return Error{ErrorKind::invalid, "its answer is no application/timestamp-reply"};
  }
  return judge_time_stamp_reply(answer->body, request, server_.roots, clock_.now());
}

}  // namespace duenotice::evidence
