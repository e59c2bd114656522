#pragma once
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/tls_identity.hpp"

/// An HTTP server on a free loopback port that answers as a test tells it to, and remembers what it was
/// asked. Keeps connections.

namespace duenotice::test {

struct HttpAct {
  enum class Kind {
    answer,        ///< says `text`
    answer_close,  ///< says `text` and closes
    reset,         ///< TCP reset
    stall,         ///< says `text` and then nothing more until the client goes
  };
  Kind kind = Kind::answer;
  std::string text;  ///< raw, head and body
};

/// A whole answer with a body and its length.
std::string http_answer(int status, const std::string& body, const std::string& more_headers = "");

struct ReceivedRequest {
  int connection = 0;  ///< 1, 2, …
  std::string method;
  std::string target;
  std::string head;  ///< all of it, with the request line
  std::string body;
};

class ScriptedHttpServer {
 public:
  /// With an identity: TLS from the first byte.
  explicit ScriptedHttpServer(const TlsIdentity* tls = nullptr);
  ~ScriptedHttpServer();

  int port() const { return port_; }
  /// What it does with the next request; several calls queue up.
  void next(HttpAct act);
  /// What it does with all others; at first 200 with an empty body.
  void always(HttpAct act);
  /// Ends every connection, as an idle timeout would.
  void close_idle();

  int connections() const;
  std::vector<ReceivedRequest> requests() const;
  /// Waits until so many whole requests have come; false after ten seconds.
  bool wait_for_requests(std::size_t count) const;

 private:
  class Connection;
  friend class Connection;

  void accept_all();
  HttpAct note(ReceivedRequest request);

  const TlsIdentity* const tls_;
  int listening_ = -1;
  int port_ = 0;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  bool stopping_ = false;
  std::deque<HttpAct> script_;
  HttpAct usual_;
  std::list<std::unique_ptr<Connection>> all_;
  std::vector<ReceivedRequest> requests_;
  std::thread accepting_;
};

}  // namespace duenotice::test
