#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/app/configuration.hpp"
#include "gateway/base/clock.hpp"
#include "gateway/base/json.hpp"
#include "gateway/base/log.hpp"
#include "gateway/base/time_zone.hpp"
#include "gateway/evidence/note_key.hpp"

namespace duenotice::app {

/// Seals the evidence log beside the running gateway, and gets the seals stamped and cosigned. The sealing,
/// each time-stamping authority and each witness have a thread and a connection to the store of their own:
/// one that is away keeps neither a seal nor a notice waiting, and is asked again at growing distances.
/// Nothing that becomes of them ends the gateway. Thread-safe.
class LogSealing {
 public:
  /// What the gateway knows and this must ask. The functions are called by every thread.
  struct Surroundings {
    std::function<std::vector<TimeZone>()> zones;  ///< of the agreements that are in force now
    std::function<bool()> space_is_low;            ///< then nothing is stored
  };
  /// How somebody does who seals, stamps or cosigns.
  struct Party {
    std::string name;   ///< `sealing` for the gateway itself
    std::string fault;  ///< why it failed last; empty when it did not
    std::optional<Instant> failing_since{};
  };
  struct Standing {
    Party sealing;
    std::vector<Party> tsas, witnesses;
  };

  /// Starts the threads. An error is a file that the configuration names and that cannot be used. `clock` and
  /// `log` outlive this object.
  static Result<std::unique_ptr<LogSealing>> start(const EvidenceSettings& settings,
                                                   const evidence::VerifierKey& log_key,
                                                   const Surroundings& around, const Clock& clock, Log& log);
  LogSealing(const LogSealing&) = delete;
  LogSealing& operator=(const LogSealing&) = delete;
  /// Stops them.
  ~LogSealing();

  /// Nothing new is begun from now on. Returns at once.
  void ask_to_stop();
  /// The same, and waits for what is under way: about a second.
  void stop();
  Standing standing() const;

 private:
  class Worker;
  LogSealing();

  std::vector<std::unique_ptr<Worker>> workers_;  ///< the sealing, the authorities, the witnesses
  std::size_t tsas_ = 0;
};

/// As the gateway's answer to `GET /v1/status` has it.
Json seals_json(const LogSealing::Standing& standing);
/// Reads that; empty without faults where an older gateway, or one without a log, says nothing of it.
LogSealing::Standing sealing_standing(const Json& gateway_answer);

}  // namespace duenotice::app
