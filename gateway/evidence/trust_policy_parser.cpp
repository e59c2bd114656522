#include <algorithm>

#include "gateway/base/limits.hpp"
#include "gateway/evidence/decimal.hpp"
#include "gateway/evidence/trust_policy.hpp"

namespace duenotice::evidence {
namespace {

using Words = std::vector<std::string_view>;

Words words_of(std::string_view line) {
  Words words;
  for (;;) {
    const std::size_t start = line.find_first_not_of(" \t");
    if (start == std::string_view::npos) return words;
    line.remove_prefix(start);
    words.push_back(line.substr(0, line.find_first_of(" \t")));
    line.remove_prefix(words.back().size());
  }
}

bool is_allowed(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == '\t' || byte == '\n' || (byte >= 0x20 && byte != 0x7F);
}

Error wrong(const std::string& reason) { return Error{ErrorKind::invalid, reason}; }

}  // namespace

/// Takes the lines of a policy file one by one.
class TrustPolicyParser {
 public:
  Status take(std::string_view line) {
    const Words words = words_of(line);
    if (words.empty() || words[0].starts_with('#')) return Done{};
    if (words[0] == "log") return take_log(words);
    if (words[0] == "witness") return take_witness(words);
    if (words[0] == "group") return take_group(words);
    if (words[0] == "quorum") return take_quorum(words);
    return wrong("a line begins with log, witness, group or quorum");
  }

  Result<TrustPolicy> finish() {
    if (!has_quorum_) return wrong("the policy has no quorum line");
    return std::move(policy_);
  }

 private:
  using Member = TrustPolicy::Member;

  Status take_log(const Words& words) {
    if (words.size() < 2 || words.size() > 3) return wrong("it must be: log VKEY [URL]");
    const auto key = parse_vkey(words[1]);
    if (!key) return key.error();
    if (key->kind != NoteKeyKind::note) return wrong("the key is a witness's, not a log's");
    for (const TrustedLog& other : policy_.logs_) {
      if (other.key.bytes == key->bytes) return wrong("a log with this key stands above already");
    }
    if (policy_.logs_.size() == limits::trust_policy_names) return wrong("there are too many logs");
    policy_.logs_.push_back({*key, std::string(words.size() == 3 ? words[2] : "")});
    return Done{};
  }

  Status take_witness(const Words& words) {
    if (words.size() < 3 || words.size() > 4) return wrong("it must be: witness NAME VKEY [URL]");
    const auto key = parse_vkey(words[2]);
    if (!key) return key.error();
    if (key->kind != NoteKeyKind::cosigner) return wrong("the key is not a witness's");
    for (const TrustedWitness& other : policy_.witnesses_) {
      if (other.key.bytes == key->bytes) return wrong("a witness with this key stands above already");
    }
    const Status defined = define({std::string(words[1]), policy_.witnesses_.size()});
    if (!defined) return defined;
    policy_.witnesses_.push_back(
        {std::string(words[1]), *key, std::string(words.size() == 4 ? words[3] : "")});
    return Done{};
  }

  Status take_group(const Words& words) {
    if (words.size() < 4) return wrong("it must be: group NAME all|any|NUMBER NAME...");
    Member group{std::string(words[1])};
    for (std::size_t i = 3; i < words.size(); ++i) {
      const auto part = find(words[i]);
      if (!part) return wrong("no witness or group above has the name " + std::string(words[i]));
      Member& member = policy_.members_[*part];
      if (member.is_part) return wrong(member.name + " is a member of a group already");
      member.is_part = true;
      group.parts.push_back(*part);
    }
    const auto number = parse_decimal(words[2], group.parts.size());
    group.threshold = words[2] == "all" ? group.parts.size() : words[2] == "any" ? 1 : number.value_or(0);
    if (group.threshold == 0) return wrong("the threshold must be all, any or 1 to the number of members");
    return define(std::move(group));
  }

  Status take_quorum(const Words& words) {
    if (words.size() != 2) return wrong("it must be: quorum NAME");
    if (has_quorum_) return wrong("there is a quorum line above already");
    has_quorum_ = true;
    policy_.quorum_ = find(words[1]);
    if (!policy_.quorum_ && words[1] != "none") {
      return wrong("no witness or group above has the name " + std::string(words[1]));
    }
    return Done{};
  }

  Status define(Member member) {
    if (member.name == "none") return wrong("the name none is taken");
    if (find(member.name)) return wrong("the name " + member.name + " stands above already");
    if (policy_.members_.size() == limits::trust_policy_names) return wrong("there are too many names");
    policy_.members_.push_back(std::move(member));
    return Done{};
  }

  std::optional<std::size_t> find(std::string_view name) const {
    const auto& all = policy_.members_;
    const auto found = std::find_if(all.begin(), all.end(), [&](const Member& m) { return m.name == name; });
    if (found == all.end()) return std::nullopt;
    return static_cast<std::size_t>(found - all.begin());
  }

  TrustPolicy policy_;
  bool has_quorum_ = false;
};

Result<TrustPolicy> TrustPolicy::parse(std::string_view text) {
  if (text.size() > limits::trust_policy_bytes) return wrong("the policy is too long");
  TrustPolicyParser parser;
  for (int number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    Status taken = Done{};
    if (end == std::string_view::npos) {
      taken = wrong("the last line does not end");
    } else if (!std::all_of(line.begin(), line.end(), is_allowed)) {
      taken = wrong("it has a control character");
    } else {
      taken = parser.take(line);
    }
    if (!taken) return wrong("line " + std::to_string(number) + ": " + taken.error().message);
    text.remove_prefix(end + 1);
  }
  return parser.finish();
}

}  // namespace duenotice::evidence
