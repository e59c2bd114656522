#include "gateway/evidence/bundle_events.hpp"

#include <map>
#include <vector>

#include "gateway/base/base64.hpp"
#include "gateway/base/json_members.hpp"
#include "gateway/evidence/commitment.hpp"
#include "gateway/evidence/decimal.hpp"
#include "gateway/evidence/log_proof.hpp"
#include "gateway/evidence/merkle_hasher.hpp"

namespace duenotice::evidence {
namespace {

constexpr std::string_view folder = "events/", leaf_end = ".leaf", content_end = ".content";

/// What depends on the events, and cannot be said without them.
constexpr const char* unproved = "the events it depends on are not proved";

class EventCheck {
 public:
  EventCheck(const NamedFiles& files, const std::string& notice, const Checkpoint& checkpoint,
             CheckReport& report)
      : files_(files), notice_(notice), checkpoint_(checkpoint), report_(report) {}

  std::optional<NoticeLeaves> run() {
    for (const auto& [name, content] : files_) {
      if (!name.starts_with(folder) || !name.ends_with(leaf_end)) continue;
      const std::string digits = name.substr(folder.size(), name.size() - folder.size() - leaf_end.size());
      const auto index = parse_decimal(digits, INT64_MAX);
      if (!index) fault_ = name;
      if (index) leaves_.emplace(*index, &content);
    }
    for (const auto& [index, leaf] : leaves_) check_leaf(index, *leaf);
    if (!check_history()) {
      report_.skip("openings", unproved);
      report_.skip("messages", unproved);
      return std::nullopt;
    }
    report_.pass("events", "the log has the {0} events of this notice, and none between them is missing",
                 {std::to_string(leaves_.size())});
    check_openings();
    check_messages();
    return std::move(found_);
  }

 private:
  const std::string* file(const std::string& name) const {
    const auto found = files_.find(name);
    return found == files_.end() ? nullptr : &found->second;
  }

  bool check_history() {
    const auto fail = [&](const char* sentence, std::string value) {
      report_.fail("events", sentence, {std::move(value)});
      return false;
    };
    if (leaves_.empty()) return fail("there is no event in the bundle", "");
    if (!fault_.empty()) return fail("{0} is not an event of this notice that the log proves", fault_);
    if (found_.count("accepted") != 1 || text_at(found_.events().begin()->second, "type") != "accepted")
      return fail("the first event must accept the notice, and no other: `accepted` stands there {0} times",
                  std::to_string(found_.count("accepted")));
    if (const std::size_t times = found_.count("deemed_delivered"); times > 1)
      return fail("a legal date is set once, never again: `deemed_delivered` stands there {0} times",
                  std::to_string(times));
    return true;
  }

  void check_leaf(std::uint64_t index, const std::string& leaf) {
    const std::string name = std::string(folder) + std::to_string(index);
    const auto document = parse_json(leaf);
    const std::string* text = file(name + ".tlog-proof");
    const auto proof = text ? parse_log_proof(*text) : Error{};
    const bool proved = proof && !proof->extra && proof->index == index &&
                        proof->checkpoint == *file("log/checkpoint") &&
                        proves(*proof, leaf, checkpoint_.size, checkpoint_.root);
    if (!document || !proved || !belongs(*document, index)) {
      fault_ = name + std::string(leaf_end);
      return;
    }
    before_ = to_base64(bytes_of(hasher_.leaf(leaf)));
    for (const auto& [field, member] : *document->as_object()) {
      const std::string* commitment = commitment_in(member);
      if (commitment == nullptr) continue;
      if (!is_archive_name(field)) {  // nothing could open it
        fault_ = name + std::string(leaf_end);
        return;
      }
      const std::string of = std::to_string(index) + "-" + field;
      commitments_[of] = {field, *commitment};
      if (field.ends_with(content_end))
        revisions_[field.substr(0, field.size() - content_end.size())].push_back(of);
    }
    found_.add(index, std::move(*document));
  }

  /// That the leaf is of this notice and names the leaf before it.
  bool belongs(const Json& document, std::uint64_t index) const {
    const std::string* notice = find_text(document, "notice");
    const std::string* previous = find_text(document, "previous");
    return document.as_object() && notice && *notice == notice_ &&
           number_at(document, "sequence") == static_cast<std::int64_t>(index) + 1 &&
           (previous ? *previous == before_ : before_.empty() && !document.find("previous"));
  }

  void check_openings() {
    std::size_t opened = 0;
    for (const auto& [name, content] : files_) {
      if (!name.starts_with("openings/")) continue;
      const std::size_t dot = name.rfind('.');
      const std::string of = name.substr(9, dot - 9);
      const std::string* key = file("openings/" + of + ".r");
      const std::string* message = file("openings/" + of + ".m");
      const auto commitment = commitments_.find(of);
      if (!key || !message || commitment == commitments_.end() ||
          !opens(*key, *message, commitment->second.first, commitment->second.second)) {
        return report_.fail("openings", "{0} does not open a commitment of an event", {name});
      }
      if (!name.ends_with(".m")) continue;
      ++opened;
      const std::string& field = commitment->second.first;
      opened_.emplace(of, message->substr(commitment_message(field, "").size()));
    }
    const std::string all = std::to_string(commitments_.size());
    if (opened < commitments_.size())
      report_.skip("openings", "{0} of the {1} commitments of the events are opened; the others stay closed",
                   {std::to_string(opened), all});
    else
      report_.pass("openings", "all {0} commitments of the events are opened", {all});
  }

  bool opens(const std::string& key, const std::string& message, const std::string& field,
             const std::string& commitment) const {
    const std::string head = commitment_message(field, "");
    const auto secret = bytes_of_hex(key);
    return secret && secret->size() == opening_bytes && message.starts_with(head) &&
           commitment_text(commit(*secret, field, message.substr(head.size()))) == commitment;
  }

  /// Exactly what `to_hex` writes, with a newline.
  static std::optional<std::string> bytes_of_hex(std::string_view text) {
    std::string bytes;
    for (std::size_t at = 0; at + 1 < text.size(); at += 2) {
      int value = 0;
      for (const char c : text.substr(at, 2)) {
        const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (digit < 0) return std::nullopt;
        value = value * 16 + digit;
      }
      bytes += static_cast<char>(value);
    }
    if (to_hex(bytes) + "\n" != text) return std::nullopt;
    return bytes;
  }

  /// What binds to the message of this path, as an opening is named. No other will do: what another field
  /// binds to, or this one at another time, is not this message.
  std::optional<std::string> binding(std::string_view name) const {
    const std::string_view message = name.substr(name.find('/') + 1);
    const std::size_t dash = message.find('-'), dot = message.find('.');
    if (dash == std::string_view::npos || dot == std::string_view::npos || dot < dash) return std::nullopt;
    const auto revision = parse_decimal(message.substr(dash + 1, dot - dash - 1), INT64_MAX);
    const auto bound = revisions_.find(message.substr(0, dash));
    if (bound == revisions_.end() || !revision || *revision == 0 || *revision > bound->second.size())
      return std::nullopt;
    return bound->second[*revision - 1];
  }

  void check_messages() {
    std::size_t messages = 0;
    for (const auto& [name, content] : files_) {
      if (!name.starts_with("notice/")) continue;
      ++messages;
      const auto bound = binding(name);
      const auto payload = bound ? opened_.find(*bound) : opened_.end();
      if (payload == opened_.end() || payload->second != content)
        return report_.fail("messages", "{0} is not what an event of this notice binds to", {name});
    }
    if (messages == 0) return report_.skip("messages", "the messages are not in the bundle");
    report_.pass("messages", "each of the {0} messages is byte for byte what an event binds to",
                 {std::to_string(messages)});
  }

  const NamedFiles& files_;
  const std::string& notice_;
  const Checkpoint& checkpoint_;
  CheckReport& report_;
  MerkleHasher hasher_;
  std::map<std::uint64_t, const std::string*> leaves_;
  std::string fault_;                                                       ///< the file that is wrong
  std::string before_;                                                      ///< hash of the leaf before
  std::map<std::string, std::pair<std::string, std::string>> commitments_;  ///< INDEX-FIELD: field, value
  /// By channel: the commitments to its messages, in the order of their revisions.
  std::map<std::string, std::vector<std::string>, std::less<>> revisions_;
  std::map<std::string, std::string> opened_;  ///< INDEX-FIELD: payload
  NoticeLeaves found_;
};

}  // namespace

std::optional<NoticeLeaves> check_events(const NamedFiles& files, const std::string& notice,
                                         const Checkpoint& checkpoint, CheckReport& report) {
  return EventCheck(files, notice, checkpoint, report).run();
}

}  // namespace duenotice::evidence
