#pragma once
#include <string>
#include <vector>

#include "gateway/app/configuration.hpp"
#include "gateway/evidence/log_files.hpp"
#include "gateway/evidence/note_key.hpp"

/// Whether the daily statements are what their events in the log say, and the seals what the newest of them
/// says (gateway/evidence/FORMAT.md): what `log verify` adds to the verifiers of the log and of the seals.

namespace duenotice::app {

struct StatementFinding {
  enum class Fault {
    statement_missing,  ///< its event is in the log, the statement is not there
    statement_altered,  ///< it is not the one whose digest the event has
    statement_invalid,  ///< not signed by the log, or about something else than its event says
    root_differs,       ///< the log has another beginning than the one that it is about
    seals_differ,       ///< seals or stamps that were there when it was made are lost or changed
  };
  Fault fault = Fault::statement_missing;
  std::string date;
  std::string sentence;
};
/// As it stands above.
std::string to_text(StatementFinding::Fault fault);

struct StatementVerification {
  std::int64_t statements = 0;
  std::vector<StatementFinding> findings;  ///< the first limits::log_findings_named
  std::uint64_t further = 0;               ///< findings beyond those
  bool good() const { return findings.empty(); }
};

/// Reads the journal, the log's folder and the seals. No statement is right too.
Result<StatementVerification> verify_statements(const Configuration& configuration,
                                                const evidence::LogFiles& files,
                                                const evidence::VerifierKey& key);

}  // namespace duenotice::app
