#include "gateway/app/log_statement_check.hpp"

#include "gateway/app/journal_access.hpp"
#include "gateway/app/log_seal_standing.hpp"
#include "gateway/app/statement_note.hpp"
#include "gateway/base/assert.hpp"
#include "gateway/base/base64.hpp"
#include "gateway/base/json_members.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/evidence/merkle_hasher.hpp"
#include "gateway/evidence/tile_reader.hpp"
#include "gateway/journal/completeness.hpp"

namespace duenotice::app {

namespace {

using Fault = StatementFinding::Fault;

class StatementCheck {
 public:
  StatementCheck(const EvidenceSettings& settings, const evidence::LogFiles& files,
                 const evidence::VerifierKey& key)
      : settings_(settings), files_(files), key_(key) {}

  void check(const StoredStatement& stored) {
    ++result_.statements;
    const auto event = parse_json(stored.event);
    date_ = event ? text_at(*event, "date") : "";
    if (stored.kept && stored.note.empty()) return;  // it named somebody who was erased
    newest_ = Json();
    if (!stored.kept) return add(Fault::statement_missing, "it was made and is not there");
    if (!event || sha256(stored.note).hex() != text_at(*event, "sha256"))
      return add(Fault::statement_altered, "it is not the one whose digest is in the log");
    const auto statement = read_statement(stored.note, key_);
    if (!statement || text_at(*statement, "date") != date_ ||
        number_at(*statement, "last_index", -1) != number_at(*event, "last_index", -2))
      return add(Fault::statement_invalid, "the log has not signed it, or it is about another day");
    newest_ = *statement;
    const auto size = static_cast<std::uint64_t>(number_at(*statement, "size"));
    const auto root = evidence::TileReader(files_, size).root();
    if (!root || to_base64(evidence::bytes_of(*root)) != text_at(*statement, "root"))
      add(Fault::root_differs,
          "the first " + std::to_string(size) + " events of the log are not those that it is about");
  }

  /// By the newest statement: it covers what the ones before it do.
  Status check_seals() {
    const Json* stated = newest_.find("seals");
    if (stated == nullptr || number_at(*stated, "seals") == 0) return Done{};
    auto store = open_seals(settings_, key_);
    if (!store) return store.error();
    if (!*store) {
      add(Fault::seals_differ, "it names " + std::to_string(number_at(*stated, "seals")) +
                                   " seals, but there is no " + settings_.seals.string());
      return Done{};
    }
    const auto there = (*store)->record(number_at(*stated, "seals"), number_at(*stated, "stamps"));
    if (!there) return there.error();
    if (seals_json(*there) != *stated)
      add(Fault::seals_differ, "the " + std::to_string(number_at(*stated, "seals")) +
                                   " seals that it names, or their time stamps, are lost or changed");
    return Done{};
  }

  StatementVerification take() { return std::move(result_); }

 private:
  void add(Fault fault, std::string sentence) {
    if (result_.findings.size() < limits::log_findings_named)
      result_.findings.push_back({fault, date_, std::move(sentence)});
    else
      ++result_.further;
  }

  const EvidenceSettings& settings_;
  const evidence::LogFiles& files_;
  const evidence::VerifierKey& key_;
  std::string date_;  ///< of the statement that was looked at last
  Json newest_;       ///< what the newest one that was not erased says, where it is right
  StatementVerification result_;
};

}  // namespace

std::string to_text(StatementFinding::Fault fault) {
  switch (fault) {
    case Fault::statement_missing:
      return "statement_missing";
    case Fault::statement_altered:
      return "statement_altered";
    case Fault::statement_invalid:
      return "statement_invalid";
    case Fault::root_differs:
      return "root_differs";
    case Fault::seals_differ:
      return "seals_differ";
  }
  DN_ASSERT(false);
  return {};
}

Result<StatementVerification> verify_statements(const Configuration& configuration,
                                                const evidence::LogFiles& files,
                                                const evidence::VerifierKey& key) {
  auto journal = open_completeness(configuration.journal);
  if (!journal) return journal.error();
  StatementCheck check(configuration.evidence, files, key);
  Status done = journal->statements([&](const StoredStatement& stored) { check.check(stored); });
  if (done) done = check.check_seals();
  if (!done) return done.error();
  return check.take();
}

}  // namespace duenotice::app
