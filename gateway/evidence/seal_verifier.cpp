#include "gateway/evidence/seal_verifier.hpp"

#include <algorithm>

#include "gateway/base/limits.hpp"
#include "gateway/evidence/note_signature.hpp"
#include "gateway/evidence/tile_reader.hpp"

namespace duenotice::evidence {
namespace {

void add(SealVerification& result, SealFinding finding) {
  if (result.findings.size() < limits::log_findings_named) {
    result.findings.push_back(std::move(finding));
  } else {
    ++result.further;
  }
}

}  // namespace

std::string to_text(SealFault fault) {
  switch (fault) {
    case SealFault::seal_missing:
      return "seal_missing";
    case SealFault::seal_invalid:
      return "seal_invalid";
    case SealFault::seal_reordered:
      return "seal_reordered";
    case SealFault::root_differs:
      return "root_differs";
    case SealFault::stamp_missing:
      return "stamp_missing";
    case SealFault::stamp_invalid:
      return "stamp_invalid";
    case SealFault::cosignature_invalid:
      return "cosignature_invalid";
  }
  DN_ASSERT(false);
  return {};
}

SealVerifier::SealVerifier(SealStore& seals, const LogFiles& files,
                           std::map<std::string, TimeStampRoots> tsas, std::vector<VerifierKey> witnesses)
    : seals_(seals), files_(files), tsas_(std::move(tsas)), witnesses_(std::move(witnesses)) {}

Result<SealVerification> SealVerifier::verify() {
  SealVerification result;
  const auto count = seals_.count();
  if (!count) return count.error();
  result.seals = *count;
  std::uint64_t last_size = 0;
  for (std::int64_t id = 1; id <= *count; ++id) {
    const auto seal = seals_.seal(id);
    if (!seal && seal.error().kind != ErrorKind::broken) return seal.error();
    if (!seal || !*seal) {
      const SealFault fault = seal ? SealFault::seal_missing : SealFault::seal_invalid;
      const std::string sentence = seal ? "a seal that was made is not there" : seal.error().message;
      add(result, {fault, id, "", sentence});
      continue;
    }
    const std::uint64_t size = (*seal)->sealed.checkpoint.size;
    if (size < last_size) {
      add(result,
          {SealFault::seal_reordered, id, "",
           "it seals " + std::to_string(size) + " events, but one before it " + std::to_string(last_size)});
    }
    last_size = std::max(last_size, size);
    check_tree(**seal, result);
    check_stamps(**seal, result);
    check_cosignatures(**seal, result);
  }
  const auto lost = seals_.lost_stamps();
  if (!lost) return lost.error();
  for (const auto& [id, tsa] : *lost)
    add(result, {SealFault::stamp_missing, id, tsa, "a time stamp that came is not there any more"});
  return result;
}

void SealVerifier::check_tree(const Seal& seal, SealVerification& result) const {
  const Checkpoint& sealed = seal.sealed.checkpoint;
  const auto root = TileReader(files_, sealed.size).root();
  if (root && *root == sealed.root) return;
  add(result, {SealFault::root_differs, seal.id, "",
               root ? "the first " + std::to_string(sealed.size) +
                          " events of the log have another root than the one that was sealed"
                    : "the log does not have all of its events: " + root.error().message});
}

void SealVerifier::check_stamps(const Seal& seal, SealVerification& result) const {
  for (const Seal::Stamp& kept : seal.stamps) {
    if (!kept.stamp) {
      ++result.waiting;
      continue;
    }
    const auto roots = tsas_.find(kept.tsa);
    if (roots == tsas_.end()) {
      ++result.unchecked;
      continue;
    }
    const auto verified = verify_time_stamp(kept.stamp->token, seal.sealed.note, roots->second);
    if (verified && *verified == *kept.stamp) {
      ++result.stamps;
      continue;
    }
    add(result, {SealFault::stamp_invalid, seal.id, kept.tsa,
                 verified ? "time, signer or policy noted beside it are not those in the token"
                          : verified.error().message});
  }
}

void SealVerifier::check_cosignatures(const Seal& seal, SealVerification& result) const {
  for (const Seal::Cosignature& kept : seal.cosignatures) {
    const auto key = std::find_if(witnesses_.begin(), witnesses_.end(), [&](const VerifierKey& one) {
      return one.name == kept.name && one.id() == kept.key_id;
    });
    if (key == witnesses_.end()) {
      ++result.unchecked;
      continue;
    }
    const auto note = parse_note(seal.sealed.note + kept.line);
    const auto verified =
        note ? verify_signatures(*note, {&*key, 1}) : Result<std::vector<VerifiedSignature>>(note.error());
    if (verified && verified->size() == 1) {
      ++result.cosignatures;
      continue;
    }
    add(result, {SealFault::cosignature_invalid, seal.id, kept.name,
                 verified ? "it is by another key" : verified.error().message});
  }
}

}  // namespace duenotice::evidence
