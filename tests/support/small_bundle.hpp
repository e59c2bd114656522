#pragma once
#include "gateway/base/base64.hpp"
#include "gateway/evidence/bundle.hpp"
#include "gateway/evidence/checkpoint.hpp"
#include "gateway/evidence/commitment.hpp"
#include "gateway/evidence/log_proof.hpp"
#include "gateway/evidence/merkle_hasher.hpp"
#include "gateway/evidence/role_key.hpp"

namespace duenotice::test {

using namespace duenotice::evidence;

/// A bundle made by hand: a log of two events, both of one notice, the first of which binds to a message.
struct SmallBundle {
  SigningKey key = SigningKey::of_seed("example.com/log", NoteKeyKind::note, {7});
  std::string message = "the message";
  std::string opening = std::string(32, 'k');
  NamedFiles agreement = {{"agreement/agreement.toml", "id = 1\n"}};
  std::string first, second, checkpoint;
  std::string cosignature;  ///< a line that stands behind the log's own, from the next `put_log` on
  NamedFiles files;
  Json facts = Json::Object{{"notice", "N"},
                            {"origin", "example.com/log"},
                            {"tree_size", 2},
                            {"legal_date", "2026-07-01"},
                            {"time_zone", "Asia/Shanghai"},
                            {"state", "deemed_delivered"},
                            {"sandbox", false},
                            {"missing", Json::array()}};

  SmallBundle() {
    const std::string listing = "agreement.toml\n" + sha256("id = 1\n").hex() + "\n";
    facts["agreement"] = Json::Object{{"id", "terms"}, {"version", "1"}, {"sha256", sha256(listing).hex()}};
    const Digest bound = commit(opening, "email.content", message);
    first = canonical_json(Json::Object{{"agreement", "terms"},
                                        {"agreement_digest", sha256(listing).hex()},
                                        {"agreement_version", "1"},
                                        {"email.content", Json::Object{{"c", commitment_text(bound)}}},
                                        {"notice", "N"},
                                        {"sequence", 1},
                                        {"type", "accepted"}});
    second = canonical_json(Json::Object{{"clause", "12"},
                                         {"notice", "N"},
                                         {"on", "2026-07-01"},
                                         {"rule", "agreement-date-of-sending"},
                                         {"sequence", 2},
                                         {"time_zone", "Asia/Shanghai"},
                                         {"type", "deemed_delivered"}});
    put_log();
    files.merge(agreement);
    files["notice/email-1.eml"] = message;
    files["openings/0-email.content.r"] = to_hex(opening) + "\n";
    files["openings/0-email.content.m"] = commitment_message("email.content", message);
  }

  /// Signs what `first` and `second` are now, and proves them.
  void put_log() {
    MerkleHasher hasher;
    Json next = *parse_json(second);
    next["previous"] = to_base64(bytes_of(hasher.leaf(first)));
    second = canonical_json(next);
    const Digest one = hasher.leaf(first), two = hasher.leaf(second);
    checkpoint = sign_checkpoint({"example.com/log", 2, hasher.node(one, two), ""}, key);
    checkpoint += cosignature;
    files["log/checkpoint"] = checkpoint;
    files["events/0.leaf"] = first;
    files["events/1.leaf"] = second;
    files["events/0.tlog-proof"] = to_text(LogProof{std::nullopt, 0, {two}, checkpoint});
    files["events/1.tlog-proof"] = to_text(LogProof{std::nullopt, 1, {one}, checkpoint});
  }

  std::string archive() const { return *write_bundle(facts, files, key); }
  std::string trust() const {
    return "log " + to_vkey(key.verifier()) + "\nsigner " + to_vkey(role_key(key, bundle_role).verifier()) +
           "\nquorum none\n";
  }
};

}  // namespace duenotice::test
