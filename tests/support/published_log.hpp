#pragma once
#include "gateway/evidence/log_verifier.hpp"
#include "gateway/evidence/publisher.hpp"
#include "tests/support/growing_log.hpp"
#include "tests/support/temporary_folder.hpp"

namespace duenotice::test {

/// The key of every log of the tests, the same in every process.
inline SigningKey log_key() {
  return SigningKey::parse(
             "PRIVATE+KEY+example.com/log/testdata+33d7b496+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg")
      .value();
}

/// A journal's leaves, and the log that was published of them into a folder of its own.
struct PublishedLog {
  TemporaryFolder folder;
  DiskLogFiles files = DiskLogFiles::open(folder / "log").value();
  SqliteHeadStore heads = SqliteHeadStore::open(folder / "head.db").value();
  MemoryLeaves leaves;

  Publisher publisher() { return Publisher(leaves, files, heads, log_key()); }
  /// Grows the journal and publishes all of it.
  Result<Head> publish(std::size_t count) {
    leaves.grow_to(count);
    return publisher().publish();
  }
  Result<LogVerification> verify() {
    return LogVerifier(leaves, files, &heads, log_key().verifier()).verify();
  }
};

/// The findings in one line: `fault leaf path`, separated by commas.
inline std::string words_of(const LogVerification& verification) {
  std::string words;
  for (const LogFinding& finding : verification.findings.named()) {
    words += words.empty() ? "" : ", ";
    words += to_text(finding.fault);
    if (finding.leaf) words += " " + std::to_string(*finding.leaf);
    if (!finding.path.empty()) words += " " + finding.path;
  }
  if (verification.findings.further() > 0) {
    words += " and " + std::to_string(verification.findings.further()) + " more";
  }
  return words;
}

}  // namespace duenotice::test
