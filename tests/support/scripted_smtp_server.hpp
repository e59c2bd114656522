#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/tls_identity.hpp"

/// An SMTP server on a free loopback port that answers as a test tells it to, and remembers what it was told.

namespace duenotice::test {

/// What the server is about to answer. Names as in channels::SmtpStage, `dot` being the final one.
enum class Moment { greeting, session, starttls, auth, mail, recipient, data, dot, quit };

struct Act {
  enum class Kind {
    reply,        ///< says `text`
    reply_close,  ///< says `text` and closes
    close,        ///< closes in silence
    reset,        ///< TCP reset
    stall,        ///< says nothing more, reads on until the client goes
    unread,       ///< says `text`, then reads nothing until the client has gone
  };
  Kind kind = Kind::reply;
  std::string text;                    ///< raw, with line ends
  std::chrono::milliseconds delay{0};  ///< before saying it
};

struct ReceivedMessage {
  int connection = 0;  ///< 1, 2, …
  std::string mail;    ///< the whole MAIL command
  std::string recipient;
  std::string content;  ///< dots unstuffed, without the final dot
};

struct ServerSettings {
  std::vector<std::string> extensions;  ///< EHLO keywords beside STARTTLS
  const TlsIdentity* tls = nullptr;     ///< offers STARTTLS with it
  bool implicit_tls = false;
};

class ScriptedSmtpServer {
 public:
  explicit ScriptedSmtpServer(ServerSettings settings = {});
  ~ScriptedSmtpServer();

  int port() const { return port_; }
  /// The next time `moment` comes the server does this; several calls queue up. Otherwise it is friendly.
  void at(Moment moment, Act act);
  /// Says something that nobody asked for on every connection. For when all wait for a command, in the clear.
  void speak_out_of_turn(const std::string& text);
  /// Ends every connection, as an idle timeout would, with these last words. For when all wait for a command.
  void close_idle(const std::string& last_words);

  int connections() const;
  /// Connections that are over, everything that came over them read.
  int ended() const;
  std::vector<ReceivedMessage> messages() const;
  std::vector<std::string> commands() const;
  /// All bytes that came as content, also of messages that were never finished, and during a stall.
  std::string raw_content() const;
  /// Waits until the condition holds; false after ten seconds.
  bool wait(const std::function<bool(const ScriptedSmtpServer&)>& condition) const;
  /// How often `moment` came. The counter rises before the act is done.
  int reached(Moment moment) const;

 private:
  class Connection;
  friend class Connection;

  void accept_all();
  Act next(Moment moment);
  void note(const std::function<void()>& change);

  const ServerSettings settings_;
  int listening_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_ = false;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::map<Moment, std::deque<Act>> script_;
  std::map<Moment, int> reached_;
  std::list<std::unique_ptr<Connection>> all_;
  int ended_ = 0;
  std::vector<ReceivedMessage> messages_;
  std::vector<std::string> commands_;
  std::string raw_content_;
  std::thread accepting_;
};

}  // namespace duenotice::test
