#pragma once
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gateway/base/result.hpp"
#include "gateway/base/time.hpp"
#include "gateway/notice/outcome.hpp"

/// HTTP to a provider, for drivers: one request, one answer, and above all whether the other side may have
/// the request when there is no answer.

namespace duenotice::channels {

struct HttpRequest {
  std::string method = "GET";
  std::string url;
  std::vector<std::string> headers;  ///< `Name: value`, without line ends
  std::string body;                  ///< empty: none
};

/// How an exchange ended.
enum class HttpEnd {
  answered,  ///< with a complete answer
  resolve_failed,
  connect_failed,
  tls_untrusted,
  tls_failed,
  timed_out,
  connection_lost,
  not_http,          ///< what came is no HTTP answer
  answer_too_large,  ///< more than limits::http_answer_bytes
  aborted,
};

struct HttpFacts {
  HttpEnd end = HttpEnd::connection_lost;
  /// The other side may have some of the request. False: not one byte of it was given to the network.
  bool handed_out = false;
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
  std::string body;
  /// The answer byte for byte (status line, headers, body), as much of it as came, at most
  /// limits::reply_bytes.
  std::string raw;
  std::optional<Milliseconds> retry_after;  ///< RFC 9110 10.2.3, at most limits::retry_after_most
};

/// The first value of a header; `name` in lower case. Null when there is none.
const std::string* find_header(const HttpFacts& facts, std::string_view name);

struct HttpSettings {
  Milliseconds connect_timeout{};  ///< until the connection stands, with its TLS session
  Milliseconds reply_timeout{};    ///< from then on, for the request and its whole answer
  std::string ca_file;             ///< authorities to trust beside those of the system
  std::string username;            ///< with a password: HTTP Basic (RFC 7617)
  std::string password;
};

/// One kept connection, used by one thread. Certificates are verified, redirects are not followed, proxies of
/// the environment are not used, and a request is never repeated once a byte of it has gone out.
class HttpClient {
 public:
  explicit HttpClient(HttpSettings settings);
  ~HttpClient();

  /// Never takes longer than the sum of both timeouts.
  HttpFacts exchange(const HttpRequest& request);
  /// Ends an exchange under way soon, and all later ones. From any thread.
  void abort();
  /// Connects, with TLS where the URL says so, and sends nothing. `unavailable` with the reason.
  Status reach(const std::string& url);

 private:
  class Transfer;
  std::unique_ptr<Transfer> transfer_;
};

/// What an exchange without a complete answer says about the message: transient and the provider's fault
/// while no byte had gone out, otherwise unknown; `not_started` or unknown when it was aborted. Codes are
/// `connect_failed`, `timeout_reply` and so on.
OutcomeReport report_without_answer(const HttpFacts& facts);

}  // namespace duenotice::channels
