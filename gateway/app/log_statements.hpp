#pragma once
#include <memory>
#include <string>

#include "gateway/app/configuration.hpp"
#include "gateway/app/log_publisher.hpp"
#include "gateway/base/clock.hpp"
#include "gateway/base/log.hpp"
#include "gateway/evidence/note_key.hpp"
#include "gateway/evidence/paced_thread.hpp"
#include "gateway/journal/journal.hpp"

namespace duenotice::app {

/// The thread that, soon after each 00:00 of [evidence] statement_zone, puts a signed statement of the day
/// into the journal, and its digest into the log: an event of the type `statement`
/// (gateway/evidence/FORMAT.md). It is about the events behind those of the statement before, up to the
/// newest checkpoint; one that could not be made at midnight is made when it can, and none while the log is
/// published no more. Whatever fails, notices go on being sent.
class LogStatements {
 public:
  /// Starts the thread. The references outlive this object.
  LogStatements(const Configuration& configuration, evidence::SigningKey log_key, Journal& journal,
                const LogPublisher& publisher, const Clock& clock, Log& log);
  /// Stops it.
  ~LogStatements() { stop(); }
  LogStatements(const LogStatements&) = delete;
  LogStatements& operator=(const LogStatements&) = delete;

  /// Waits for what is under way.
  void stop() { thread_.stop(); }

 private:
  Instant step(Instant now);
  /// Makes what is due; says when to look again.
  Result<Instant> state(Instant now);

  const Configuration configuration_;
  const evidence::SigningKey key_;
  Journal& journal_;
  const LogPublisher& publisher_;
  Log& log_;
  std::string fault_;             ///< why the last one failed; the thread's
  evidence::PacedThread thread_;  // last: it uses the rest
};

}  // namespace duenotice::app
