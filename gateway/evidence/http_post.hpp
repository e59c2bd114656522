#pragma once
#include <stop_token>
#include <string>

#include "gateway/base/result.hpp"
#include "gateway/base/time.hpp"

namespace duenotice::evidence {

struct HttpPost {
  std::string url;  ///< `http://` or `https://`
  std::string content_type;
  std::string body;
  std::string ca_file;  ///< authorities to trust beside those of the system
  Milliseconds connect_timeout{};
  Milliseconds timeout{};  ///< for everything
  std::size_t answer_bytes = 0;
};

struct HttpAnswer {
  int status = 0;
  std::string content_type;  ///< without parameters
  std::string body;
};

/// One request on a connection of its own; returns within the timeout, or about a second after a stop was
/// asked for. Redirects are not followed and proxies of the environment not used. Any complete answer is a
/// value; `unavailable` says in words why there is none. Thread-safe.
Result<HttpAnswer> http_post(const HttpPost& post, std::stop_token stop = {});

}  // namespace duenotice::evidence
