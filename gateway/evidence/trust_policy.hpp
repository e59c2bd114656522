#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "gateway/evidence/checkpoint.hpp"

/// Trust policies (C2SP tlog-policy): which logs somebody believes, which witnesses, and how many of them
/// must have cosigned a checkpoint.

namespace duenotice::evidence {

struct TrustedLog {
  VerifierKey key;
  std::string url;  ///< where it is served; may be empty
};

struct TrustedWitness {
  std::string name;  ///< within the policy
  VerifierKey key;
  std::string url;  ///< where checkpoints are submitted; may be empty
};

/// What a policy says about a checkpoint.
struct PolicyVerdict {
  struct Witnessed {
    std::string name;
    std::chrono::sys_seconds at;
  };
  Checkpoint checkpoint;
  VerifierKey log;                   ///< the log's key that signed it
  std::vector<Witnessed> witnesses;  ///< that cosigned it, in the order of the policy
  bool quorum = false;               ///< whether those are enough
};

class TrustPolicy {
 public:
  /// Reads a policy file; the error names the line.
  static Result<TrustPolicy> parse(std::string_view text);

  const std::vector<TrustedLog>& logs() const { return logs_; }
  const std::vector<TrustedWitness>& witnesses() const { return witnesses_; }

  /// `invalid` when no log of the policy has signed this note as its own checkpoint, or a signature of a
  /// known key is wrong. Too few witnesses are no error but a verdict.
  Result<PolicyVerdict> judge(std::string_view signed_checkpoint) const;

 private:
  friend class TrustPolicyParser;
  /// A witness, or a group: satisfied when `threshold` of its members are.
  struct Member {
    std::string name;
    std::size_t witness = 0;           ///< its place in `witnesses_`, when `parts` is empty
    std::size_t threshold = 0;         ///< of a group
    std::vector<std::size_t> parts{};  ///< places in `members_`, all before this one
    bool is_part = false;              ///< of a group already
  };

  std::vector<TrustedLog> logs_;
  std::vector<TrustedWitness> witnesses_;
  std::vector<Member> members_;
  std::optional<std::size_t> quorum_;  ///< a place in `members_`; empty: `none`
};

}  // namespace duenotice::evidence
