#pragma once
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
/// monitors. Everybody may ask: it cosigns nothing but what a log that it knows has signed. Cosignatures, and
/// checkpoints that a known log has signed and that do not continue what was cosigned, go to its own log, the
/// latter whole: they may prove that the log was forked. Thread-safe.
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
  WitnessListener(evidence::Witness& witness, const Clock& clock, Log& log);
  http::Response add_checkpoint(const std::string& body);
  http::Response newest(const std::string& origin_digest);

  evidence::Witness& witness_;
  const Clock& clock_;
  Log& log_;
  std::mutex mutex_;                          ///< guards the witness
  std::unique_ptr<http::HttpServer> server_;  // last: its threads use the rest
};

}  // namespace duenotice::app
