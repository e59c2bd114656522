#include "tests/support/scripted_smtp_server.hpp"

#include <arpa/inet.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>

#include "gateway/base/assert.hpp"

namespace duenotice::test {

/// One client, served by a thread of its own.
class ScriptedSmtpServer::Connection {
 public:
  Connection(ScriptedSmtpServer& server, int socket, int number)
      : server_(server), socket_(socket), number_(number), thread_([this] { serve(); }) {}

  ~Connection() {
    ::shutdown(socket_, SHUT_RDWR);
    thread_.join();
    ::close(socket_);
  }

  /// Both from another thread, between commands. The client has the text, unread, when `speak` returns.
  void speak(const std::string& text) {
    if (::send(socket_, text.data(), text.size(), MSG_NOSIGNAL) < 0) return;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    for (int on_the_way = 1; on_the_way > 0 && std::chrono::steady_clock::now() < deadline;) {
      if (::ioctl(socket_, TIOCOUTQ, &on_the_way) != 0) return;
      std::this_thread::yield();
    }
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
    const bool encrypted = !server_.settings_.implicit_tls || start_tls();
    if (encrypted && act(Moment::greeting, "220 scripted ESMTP\r\n")) {
      while (const auto line = read_line()) {
        server_.note([&] { server_.commands_.push_back(*line); });
        if (!answer(*line)) break;
      }
    }
    // The client sees the end now; the descriptor itself stays until nobody can name it any more.
    if (!reset_) ::shutdown(socket_, SHUT_RDWR);
    server_.note([&] { ++server_.ended_; });
  }

  bool answer(const std::string& line) {
    std::string verb = line.substr(0, 4);
    std::transform(verb.begin(), verb.end(), verb.begin(), [](unsigned char c) { return std::toupper(c); });
    if (verb == "EHLO" || verb == "HELO") return act(Moment::session, extensions());
    if (verb == "STAR")
      return act(Moment::starttls, "220 go ahead\r\n") && (!said_.starts_with("220") || start_tls());
    if (verb == "AUTH") return login(line);
    if (verb == "MAIL") {
      message_ = {.connection = number_, .mail = line, .recipient = {}, .content = {}};
      return act(Moment::mail, "250 sender ok\r\n");
    }
    if (verb == "RCPT") {
      message_.recipient = line;
      return act(Moment::recipient, "250 recipient ok\r\n");
    }
    if (verb == "DATA")
      return act(Moment::data, "354 go on\r\n") && (!said_.starts_with("354") || read_content());
    if (verb == "QUIT") return act(Moment::quit, "221 bye\r\n") && false;
    return say("250 ok\r\n");
  }

  std::string extensions() const {
    std::string text = "250-scripted\r\n";
    for (const std::string& extension : server_.settings_.extensions) text += "250-" + extension + "\r\n";
    if (server_.settings_.tls && !ssl_) text += "250-STARTTLS\r\n";
    return text + "250 HELP\r\n";
  }

  bool login(const std::string& line) {
    if (line.find(' ', 5) == std::string::npos) {
      if (!say("334 \r\n")) return false;
      const auto secret = read_line();
      if (!secret) return false;
      server_.note([&] { server_.commands_.push_back(*secret); });
    }
    return act(Moment::auth, "235 welcome\r\n");
  }

  bool read_content() {
    message_.content.clear();
    for (;;) {
      const auto line = read_line();
      if (!line) return false;
      server_.note([&] { server_.raw_content_ += *line + "\r\n"; });
      if (*line == ".") break;
      message_.content += (line->starts_with(".") ? line->substr(1) : *line) + "\r\n";
    }
    server_.note([&] { server_.messages_.push_back(message_); });
    message_ = {};
    return act(Moment::dot, "250 2.0.0 queued as " + std::to_string(number_) + "\r\n");
  }

  /// Does what the script says, or says the friendly thing. False when the connection is over.
  bool act(Moment moment, const std::string& friendly) {
    Act act = server_.next(moment);
    if (act.kind == Act::Kind::reply && act.text.empty()) act.text = friendly;
    if (act.delay.count() > 0) wait_out(act.delay);
    said_ = act.text;
    switch (act.kind) {
      case Act::Kind::reply:
        return say(act.text);
      case Act::Kind::reply_close:
        return say(act.text) && false;
      case Act::Kind::close:
        return false;
      case Act::Kind::reset:
        return reset();
      case Act::Kind::stall:
        return read_until_gone();
      case Act::Kind::unread:
        return say(act.text) && wait_until_gone() && read_until_gone();
    }
    return false;
  }

  bool reset() {
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    // Connecting a socket to nowhere sends the reset at once and keeps the descriptor's number taken.
    sockaddr nowhere{};
    nowhere.sa_family = AF_UNSPEC;
    ::connect(socket_, &nowhere, sizeof nowhere);
    reset_ = true;
    return false;
  }

  bool read_until_gone() {
    std::array<char, 4096> buffer{};
    for (ssize_t got = receive(buffer.data(), buffer.size()); got > 0;
         got = receive(buffer.data(), buffer.size())) {
      server_.note([&] { server_.raw_content_.append(buffer.data(), static_cast<std::size_t>(got)); });
    }
    return false;
  }

  bool wait_until_gone() {
    pollfd waiting{.fd = socket_, .events = POLLRDHUP, .revents = 0};
    while (!server_.stopping_ && ::poll(&waiting, 1, 20) == 0) {
    }
    return true;
  }

  void wait_out(std::chrono::milliseconds delay) {
    std::unique_lock lock(server_.mutex_);
    server_.changed_.wait_for(lock, delay, [&] { return server_.stopping_.load(); });
  }

  bool start_tls() {
    context_.reset(SSL_CTX_new(TLS_server_method()));
    const TlsIdentity& identity = *server_.settings_.tls;
    DN_ASSERT(SSL_CTX_use_certificate_file(context_.get(), identity.certificate_file.c_str(),
                                           SSL_FILETYPE_PEM) == 1);
    DN_ASSERT(SSL_CTX_use_PrivateKey_file(context_.get(), identity.key_file.c_str(), SSL_FILETYPE_PEM) == 1);
    ssl_.reset(SSL_new(context_.get()));
    SSL_set_fd(ssl_.get(), socket_);
    buffer_.clear();
    return SSL_accept(ssl_.get()) == 1;
  }

  bool say(const std::string& text) {
    if (text.empty()) return true;
    if (ssl_) return SSL_write(ssl_.get(), text.data(), static_cast<int>(text.size())) > 0;
    return ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
  }

  ssize_t receive(char* out, std::size_t room) {
    if (ssl_) return SSL_read(ssl_.get(), out, static_cast<int>(room));
    return ::recv(socket_, out, room, 0);
  }

  std::optional<std::string> read_line() {
    for (;;) {
      if (const std::size_t end = buffer_.find("\r\n"); end != std::string::npos) {
        std::string line = buffer_.substr(0, end);
        buffer_.erase(0, end + 2);
        return line;
      }
      std::array<char, 65536> block{};
      const ssize_t got = receive(block.data(), block.size());
      if (got <= 0) return std::nullopt;
      buffer_.append(block.data(), static_cast<std::size_t>(got));
    }
  }

  ScriptedSmtpServer& server_;
  const int socket_;
  const int number_;
  std::unique_ptr<SSL_CTX, FreeSsl> context_;
  std::unique_ptr<SSL, FreeSsl> ssl_;
  std::string buffer_;
  ReceivedMessage message_;
  std::string said_;
  bool reset_ = false;
  std::thread thread_;
};

ScriptedSmtpServer::ScriptedSmtpServer(ServerSettings settings) : settings_(std::move(settings)) {
  listening_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  DN_ASSERT(listening_ >= 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  DN_ASSERT(::bind(listening_, generic, size) == 0 && ::listen(listening_, 64) == 0);
  DN_ASSERT(::getsockname(listening_, generic, &size) == 0);
  port_ = ntohs(address.sin_port);
  accepting_ = std::thread([this] { accept_all(); });
}

ScriptedSmtpServer::~ScriptedSmtpServer() {
  note([&] { stopping_ = true; });
  ::shutdown(listening_, SHUT_RDWR);
  accepting_.join();
  ::close(listening_);
  all_.clear();
}

void ScriptedSmtpServer::accept_all() {
  while (!stopping_) {
    const int client = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) continue;
    note([&] {
      all_.push_back(std::make_unique<Connection>(*this, client, static_cast<int>(all_.size()) + 1));
    });
  }
}

void ScriptedSmtpServer::at(Moment moment, Act act) {
  note([&] { script_[moment].push_back(std::move(act)); });
}

void ScriptedSmtpServer::speak_out_of_turn(const std::string& text) {
  note([&] {
    for (const auto& connection : all_) connection->speak(text);
  });
}

void ScriptedSmtpServer::close_idle(const std::string& last_words) {
  note([&] {
    for (const auto& connection : all_) {
      connection->speak(last_words);
      connection->close();
    }
  });
}

Act ScriptedSmtpServer::next(Moment moment) {
  Act act;
  note([&] {
    ++reached_[moment];
    auto& acts = script_[moment];
    if (acts.empty()) return;
    act = std::move(acts.front());
    acts.pop_front();
  });
  return act;
}

void ScriptedSmtpServer::note(const std::function<void()>& change) {
  const std::lock_guard lock(mutex_);
  change();
  changed_.notify_all();
}

bool ScriptedSmtpServer::wait(const std::function<bool(const ScriptedSmtpServer&)>& condition) const {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!condition(*this)) {
    std::unique_lock lock(mutex_);
    if (changed_.wait_until(
            lock, std::min(deadline, std::chrono::steady_clock::now() + std::chrono::milliseconds(20))) ==
            std::cv_status::timeout &&
        std::chrono::steady_clock::now() >= deadline) {
      return false;
    }
  }
  return true;
}

int ScriptedSmtpServer::connections() const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(all_.size());
}

int ScriptedSmtpServer::ended() const {
  const std::lock_guard lock(mutex_);
  return ended_;
}

std::vector<ReceivedMessage> ScriptedSmtpServer::messages() const {
  const std::lock_guard lock(mutex_);
  return messages_;
}

std::vector<std::string> ScriptedSmtpServer::commands() const {
  const std::lock_guard lock(mutex_);
  return commands_;
}

std::string ScriptedSmtpServer::raw_content() const {
  const std::lock_guard lock(mutex_);
  return raw_content_;
}

int ScriptedSmtpServer::reached(Moment moment) const {
  const std::lock_guard lock(mutex_);
  const auto found = reached_.find(moment);
  return found == reached_.end() ? 0 : found->second;
}

}  // namespace duenotice::test
