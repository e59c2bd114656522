#include "tests/support/scripted_http_server.hpp"

#include <arpa/inet.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "gateway/base/assert.hpp"

namespace duenotice::test {

std::string http_answer(int status, const std::string& body, const std::string& more_headers) {
  return "HTTP/1.1 " + std::to_string(status) +
         " Scripted\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + more_headers + "\r\n" +
         body;
}

class ScriptedHttpServer::Connection {
 public:
  Connection(ScriptedHttpServer& server, int socket, int number)
      : server_(server), socket_(socket), number_(number), thread_([this] { serve(); }) {}
  ~Connection() {
    close();
    thread_.join();
    ::close(socket_);
  }
  void close() { ::shutdown(socket_, SHUT_RDWR); }

 private:
  struct FreeSsl {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  };

  void serve() {
    // OpenSSL writes without a flag against it; a client that has gone must not end the test.
    sigset_t broken_pipe;
    sigemptyset(&broken_pipe);
    sigaddset(&broken_pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
    if (server_.tls_ == nullptr || start_tls()) {
      while (read_request() && act(server_.note(request_))) {
      }
    }
    close();
  }

  bool start_tls() {
    context_.reset(SSL_CTX_new(TLS_server_method()));
    const char* certificate = server_.tls_->certificate_file.c_str();
    DN_ASSERT(SSL_CTX_use_certificate_file(context_.get(), certificate, SSL_FILETYPE_PEM) == 1);
    const char* key = server_.tls_->key_file.c_str();
    DN_ASSERT(SSL_CTX_use_PrivateKey_file(context_.get(), key, SSL_FILETYPE_PEM) == 1);
    ssl_.reset(SSL_new(context_.get()));
    return SSL_set_fd(ssl_.get(), socket_) == 1 && SSL_accept(ssl_.get()) == 1;
  }

  /// Adds what comes to the buffer; false when nothing more will.
  bool hear() {
    std::array<char, 16384> block{};
    const auto room = block.size();
    const ssize_t got = ssl_ ? SSL_read(ssl_.get(), block.data(), static_cast<int>(room))
                             : ::recv(socket_, block.data(), room, 0);
    if (got > 0) heard_.append(block.data(), static_cast<std::size_t>(got));
    return got > 0;
  }

  bool read_request() {
    std::size_t end = 0;
    while ((end = heard_.find("\r\n\r\n")) == std::string::npos) {
      if (!hear()) return false;
    }
    request_ = {.connection = number_};
    request_.head = heard_.substr(0, end + 2);
    heard_.erase(0, end + 4);
    const std::size_t space = request_.head.find(' ');
    request_.method = request_.head.substr(0, space);
    request_.target = request_.head.substr(space + 1, request_.head.find(' ', space + 1) - space - 1);
    const std::string field = "\r\nContent-Length: ";
    const std::size_t length_at = request_.head.find(field);
    const std::size_t length =
        length_at == std::string::npos ? 0 : std::stoul(request_.head.substr(length_at + field.size()));
    while (heard_.size() < length) {
      if (!hear()) return false;
    }
    request_.body = heard_.substr(0, length);
    heard_.erase(0, length);
    return true;
  }

  bool say(const std::string& text) {
    if (text.empty()) return true;
    if (ssl_) return SSL_write(ssl_.get(), text.data(), static_cast<int>(text.size())) > 0;
    return ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
  }

  /// False when the connection is over.
  bool act(const HttpAct& act) {
    switch (act.kind) {
      case HttpAct::Kind::answer:
        return say(act.text);
      case HttpAct::Kind::answer_close:
        say(act.text);
        return false;
      case HttpAct::Kind::reset: {
        const linger at_once{.l_onoff = 1, .l_linger = 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        // Connecting a socket to nowhere sends the reset at once and keeps the descriptor's number taken.
        sockaddr nowhere{};
        nowhere.sa_family = AF_UNSPEC;
        ::connect(socket_, &nowhere, sizeof nowhere);
        return false;
      }
      case HttpAct::Kind::stall:
        say(act.text);
        while (hear()) {
        }
        return false;
    }
    return false;
  }

  ScriptedHttpServer& server_;
  const int socket_;
  const int number_;
  std::unique_ptr<SSL_CTX, FreeSsl> context_;
  std::unique_ptr<SSL, FreeSsl> ssl_;
  std::string heard_;
  ReceivedRequest request_;
  std::thread thread_;
};

ScriptedHttpServer::ScriptedHttpServer(const TlsIdentity* tls)
    : tls_(tls), usual_{HttpAct::Kind::answer, http_answer(200, "")} {
  listening_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* any = reinterpret_cast<sockaddr*>(&address);
  const bool listens = listening_ >= 0 && ::bind(listening_, any, size) == 0 &&
                       ::listen(listening_, 64) == 0 && ::getsockname(listening_, any, &size) == 0;
  DN_ASSERT(listens);
  port_ = ntohs(address.sin_port);
  accepting_ = std::thread([this] { accept_all(); });
}

ScriptedHttpServer::~ScriptedHttpServer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  ::shutdown(listening_, SHUT_RDWR);
  accepting_.join();
  ::close(listening_);
  all_.clear();
}

void ScriptedHttpServer::accept_all() {
  for (;;) {
    const int client = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
    const std::lock_guard lock(mutex_);
    if (stopping_) {
      if (client >= 0) ::close(client);
      return;
    }
    if (client < 0) continue;
    all_.push_back(std::make_unique<Connection>(*this, client, static_cast<int>(all_.size()) + 1));
  }
}

void ScriptedHttpServer::next(HttpAct act) {
  const std::lock_guard lock(mutex_);
  script_.push_back(std::move(act));
}

void ScriptedHttpServer::always(HttpAct act) {
  const std::lock_guard lock(mutex_);
  usual_ = std::move(act);
}

void ScriptedHttpServer::close_idle() {
  const std::lock_guard lock(mutex_);
  for (const auto& connection : all_) connection->close();
}

HttpAct ScriptedHttpServer::note(ReceivedRequest request) {
  const std::lock_guard lock(mutex_);
  requests_.push_back(std::move(request));
  changed_.notify_all();
  if (script_.empty()) return usual_;
  HttpAct act = std::move(script_.front());
  script_.pop_front();
  return act;
}

int ScriptedHttpServer::connections() const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(all_.size());
}

std::vector<ReceivedRequest> ScriptedHttpServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

bool ScriptedHttpServer::wait_for_requests(std::size_t count) const {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, std::chrono::seconds(10), [&] { return requests_.size() >= count; });
}

}  // namespace duenotice::test
