#pragma once
#include <map>
#include <memory>
#include <mutex>

#include "gateway/base/clock.hpp"
#include "gateway/base/log.hpp"
#include "gateway/evidence/witness.hpp"
#include "gateway/http/control_routes.hpp"
#include "gateway/http/listen_address.hpp"

namespace duenotice::http {
class HttpServer;
}

namespace duenotice::app {

/// A witness over HTTP (C2SP tlog-witness): `POST /add-checkpoint`, and `GET /DIGEST/checkpoint` for
/// monitors. Everybody may ask: it cosigns nothing but what a log that it knows has signed. Its own log gets
/// `cosigned`; `log_forked` with a checkpoint that a known log has signed and that contradicts one of the
/// same size that was cosigned, which proves a fork; and as a warning `not_continued` with one whose proof
/// does not hold, which anybody can bring about. Of each kind at most `limits::witness_lines_a_minute` are
/// written, the next one says how many were not (`unwritten`). Thread-safe.
class WitnessListener {
 public:
  /// Binds and answers from then on. Port 0: any that is free. `unavailable` when the address cannot be had.
  /// The references outlive this object.
  static Result<std::unique_ptr<WitnessListener>> start(const http::ListenAddress& address,
                                                        evidence::Witness& witness, const Clock& clock,
                                                        Log& log);
  WitnessListener(const WitnessListener&) = delete;
  WitnessListener& operator=(const WitnessListener&) = delete;
  /// Lets the requests under way finish.
  ~WitnessListener();

  std::uint16_t port() const;

 private:
  /// How many lines of one kind were written in this minute, and how many were not.
  struct Written {
    Instant since;
    std::int64_t lines = 0, unwritten = 0;
  };

  WitnessListener(evidence::Witness& witness, const Clock& clock, Log& log);
  http::Response add_checkpoint(const std::string& body);
  http::Response newest(const std::string& origin_digest);
  void note(LogLevel level, const std::string& event, const std::string& key, const std::string& value);

  evidence::Witness& witness_;
  const Clock& clock_;
  Log& log_;
  std::mutex mutex_;                          ///< guards the witness and the next one
  std::map<std::string, Written> written_;    ///< by event
  std::unique_ptr<http::HttpServer> server_;  // last: its threads use the rest
};

}  // namespace duenotice::app
