#pragma once
#include "gateway/app/agreement_reload.hpp"
#include "gateway/app/heartbeat.hpp"
#include "gateway/app/serve_signals.hpp"
#include "gateway/app/service_manager.hpp"

namespace duenotice::app {

/// What the main thread does while the gateway runs: it tells the supervisor how that goes, reloads the
/// agreements on SIGHUP, and returns the signal that ends the gateway. A beat is given only while everything
/// goes round, at least four times in the supervisor's patience.
class ServeLoop {
 public:
  /// Everything must outlive it.
  ServeLoop(const ServeSignals& signals, const ServiceManager& manager, const Gateway& gateway,
            Heartbeat& heartbeat, AgreementReload& agreements, Log& log);
  int run();

 private:
  void reload();
  void look_around();

  const ServeSignals& signals_;
  const ServiceManager& manager_;
  const Gateway& gateway_;
  AgreementReload& agreements_;
  Log& log_;
  Heartbeat& heartbeat_;
  std::string still_;  ///< who stood still when it was last looked at
};

}  // namespace duenotice::app
