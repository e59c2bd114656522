#include "gateway/evidence/bundle_check.hpp"

#include <algorithm>
#include <iterator>

#include "gateway/base/json_members.hpp"
#include "gateway/evidence/add_checkpoint.hpp"
#include "gateway/evidence/bundle.hpp"
#include "gateway/evidence/bundle_events.hpp"
#include "gateway/evidence/bundle_layout.hpp"
#include "gateway/evidence/bundle_statements.hpp"
#include "gateway/evidence/role_key.hpp"
#include "gateway/evidence/time_stamp.hpp"

namespace duenotice::evidence {
namespace {

class BundleCheck {
 public:
  BundleCheck(const TrustFile& trust, CheckReport& report) : trust_(trust), report_(report) {}

  void run(std::string_view archive, const NamedFiles& release) {
    auto files = read_zip(archive);
    if (!files)
      return report_.fail("archive", "this is not an archive as duenotice writes it, or it was changed");
    files_ = std::move(*files);
    if (!read_manifest()) return;
    check_signature();
    check_layout();
    check_texts(release);
    if (!check_checkpoint()) return;
    leaves_ = check_events(files_, notice_, verdict_->checkpoint, report_);
    check_statements(files_, manifest_, verdict_->checkpoint, leaves_ ? &*leaves_ : nullptr, report_);
    check_seal();
    check_before();
  }

 private:
  const std::string* file(std::string_view name) const {
    const auto found = files_.find(name);
    return found == files_.end() ? nullptr : &found->second;
  }

  bool read_manifest() {
    const auto fail = [&](const char* why) {
      report_.fail("manifest", why);
      return false;
    };
    const std::string* bytes = file(bundle_manifest_path);
    const std::string* sums = file(bundle_sums_path);
    if (!bytes || !sums || !file(bundle_note_path)) return fail("the manifest is missing");
    auto manifest = parse_json(*bytes);
    if (!manifest || !manifest->as_object()) return fail("the manifest is not JSON");
    manifest_ = std::move(*manifest);
    const std::string* format = find_text(manifest_, "format");
    const std::string* notice = find_text(manifest_, "notice");
    const std::string* origin = find_text(manifest_, "origin");
    const Json* list = manifest_.find("files");
    if (!format || *format != "duenotice-bundle/v1" || !notice || !origin || !list)
      return fail("the manifest is none of a bundle of this format");
    if (*list != bundle_file_list(files_)) return fail("the files are not those of the manifest");
    if (canonical_json(manifest_) != *bytes || bundle_sums(files_) != *sums)
      return fail("the manifest or SHA256SUMS is not written as it must be");
    notice_ = *notice;
    origin_ = *origin;
    report_.pass("manifest",
                 "every one of the {0} files has the digest of the manifest, and none is beside it",
                 {std::to_string(list->as_array()->size())});
    return true;
  }

  void check_signature() {
    const std::string signer = role_key_name(origin_, bundle_role);
    std::vector<VerifierKey> known;
    std::copy_if(trust_.signers.begin(), trust_.signers.end(), std::back_inserter(known),
                 [&](const VerifierKey& key) { return key.name == signer; });
    constexpr const char* name = "manifest_signature";
    if (known.empty()) return report_.fail(name, "the trust file has no line `signer` for {0}", {signer});
    const auto note = parse_note(*file(bundle_note_path));
    const bool right = note && note->signatures.size() == 1 &&
                       note->text == bundle_note_text(notice_, *file(bundle_manifest_path));
    const auto verified = right ? verify_signatures(*note, known) : std::vector<VerifiedSignature>{};
    if (!verified || verified->empty())
      return report_.fail(name, "the manifest is not signed by {0}", {signer});
    report_.pass(name, "the manifest is signed by {0}", {signer});
  }

  bool check_checkpoint() {
    const std::string* note = file("log/checkpoint");
    auto verdict = note ? trust_.policy.judge(*note) : Error{};
    if (!verdict || verdict->checkpoint.origin != origin_) {
      report_.fail("checkpoint", "no log of the trust file has signed the checkpoint of the bundle");
      return false;
    }
    verdict_ = std::move(*verdict);
    report_.pass("checkpoint", "the log {0} has signed a checkpoint of {1} events",
                 {origin_, std::to_string(verdict_->checkpoint.size)});
    std::string witnesses;
    for (const auto& witness : verdict_->witnesses)
      witnesses += (witnesses.empty() ? "" : ", ") + witness.name;
    if (!verdict_->quorum)
      report_.skip("quorum",
                   "too few witnesses have cosigned the checkpoint for the quorum of the trust file");
    else if (witnesses.empty())
      report_.skip("quorum",
                   "the trust file asks for no witness: nobody but the log vouches that it shows "
                   "everybody the same");
    else
      report_.pass("quorum", "witnesses have cosigned the checkpoint, enough for the trust file: {0}",
                   {witnesses});
    return true;
  }

  void check_layout() {
    const std::string stray = stray_file(files_);
    if (!stray.empty())
      return report_.fail("layout", "{0} has no place in a bundle of this format: nothing checks it",
                          {stray});
    report_.pass("layout", "every file has its place in the format");
  }

  /// What the bundle says of itself is worth what this release says too.
  void check_texts(const NamedFiles& release) {
    for (const char* name : {"README.txt", "verify.sh"}) {
      const std::string* text = file(name);
      if (!text) continue;
      const auto ours = release.find(name);
      if (ours != release.end() && ours->second == *text)
        report_.pass("texts", "{0} is that of this release", {name});
      else
        report_.skip("texts", "{0} is not that of this release: do not go by it", {name});
    }
  }

  void check_seal() {
    const std::string* sealed = file("log/sealed");
    if (!sealed)
      return report_.skip("seal",
                          "the log has not been sealed since: no time stamp says by when this existed");
    const auto note = parse_note(*sealed);
    const auto checkpoint = parse_note(*file("log/checkpoint"));
    if (!note || !checkpoint || note->text != checkpoint->text || !trust_.policy.judge(*sealed))
      return report_.fail("seal", "the seal is not of this checkpoint, or the log has not signed it");
    report_.pass("seal", "the log was sealed with this checkpoint");
    check_stamps("sealed", *sealed);
  }

  void check_stamps(const std::string& of, const std::string& sealed) {
    bool some = false;
    for (int number = 1;; ++number) {
      const std::string* token = file("time/" + of + "-" + std::to_string(number) + ".token");
      if (!token) break;
      some = true;
      if (!trust_.roots) {
        report_.skip("time_stamp", "the trust file has no certificate that a time stamp could lead to");
        continue;
      }
      const auto stamp = verify_time_stamp(*token, sealed, *trust_.roots);
      if (!stamp)
        report_.fail("time_stamp", "a time stamp of log/{0} is not right: {1}", {of, stamp.error().message});
      else
        report_.pass("time_stamp", "log/{0} existed before {1}, says {2}",
                     {of, duenotice::to_text(stamp->gen_time), stamp->tsa});
    }
    if (!some) report_.skip("time_stamp", "there is no time stamp of log/{0}", {of});
  }

  /// The decisive event was appended after the seal before it was the newest checkpoint.
  void check_before() {
    const std::string* before = file("log/before");
    const std::string* proof = file("log/consistency");
    if (!before || !proof)
      return report_.skip("not_before", "there is no seal from before the notice: nothing says since when");
    if (!leaves_) return report_.skip("not_before", "the events it depends on are not proved");
    const auto earlier = trust_.policy.judge(*before);
    const auto request = parse_add_checkpoint(*proof);
    if (!earlier || !request || earlier->checkpoint.origin != origin_ ||
        request->old_size != earlier->checkpoint.size || request->checkpoint != *file("log/checkpoint") ||
        !verify_consistency(earlier->checkpoint.size, verdict_->checkpoint.size, request->proof,
                            earlier->checkpoint.root, verdict_->checkpoint.root) ||
        leaves_->decisive() < earlier->checkpoint.size)
      return report_.fail("not_before", "the seal from before the notice does not fit to the log");
    const std::string size = std::to_string(earlier->checkpoint.size);
    report_.pass("not_before", "the event that counts came into the log when it had at least {0} events",
                 {size});
    if (earlier->witnesses.empty())
      return report_.skip("witnessed_before", "no witness of the trust file says when the log had {0} events",
                          {size});
    for (const auto& witness : earlier->witnesses) {
      report_.pass("witnessed_before", "at {0} the witness {1} knew of no more than {2} events",
                   {duenotice::to_text(Instant(witness.at)), witness.name, size});
    }
  }

  const TrustFile& trust_;
  CheckReport& report_;
  NamedFiles files_;
  Json manifest_;
  std::string notice_, origin_;
  std::optional<PolicyVerdict> verdict_;
  std::optional<NoticeLeaves> leaves_;  ///< when they are proved
};

}  // namespace

CheckReport check_bundle(std::string_view archive, const TrustFile& trust, const NamedFiles& release) {
  CheckReport report;
  BundleCheck(trust, report).run(archive, release);
  return report;
}

}  // namespace duenotice::evidence
