#include "gateway/app/bundle_contents.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "gateway/app/bundle_texts.hpp"
#include "gateway/app/log_parts.hpp"
#include "gateway/app/log_seal_standing.hpp"
#include "gateway/base/file_system.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/evidence/add_checkpoint.hpp"
#include "gateway/evidence/bundle_layout.hpp"
#include "gateway/evidence/bundle_statements.hpp"
#include "gateway/evidence/commitment.hpp"
#include "gateway/evidence/erds_evidence.hpp"
#include "gateway/evidence/log_proof.hpp"
#include "templates/renderer.hpp"

namespace duenotice::app {

namespace {

std::string_view extension(Channel channel) {
  switch (channel) {
    case Channel::email:
      return ".eml";
    case Channel::in_site:
      return ".json";
    case Channel::sms:
      return ".txt";
  }
  return ".bin";
}

class Gatherer {
 public:
  explicit Gatherer(const BundleSource& source)
      : source_(source), file_(source.file), settings_(source.configuration.evidence) {}

  Result<BundleContents> run() {
    const auto files = open_log_files(settings_);
    if (!files) return files.error();
    const auto checkpoint = find_checkpoint();
    if (!checkpoint) return checkpoint.error();
    evidence::TileReader tiles(*files, checkpoint->size);
    for (const auto step : {&Gatherer::events, &Gatherer::before}) {
      const Status done = (this->*step)(*checkpoint, tiles);
      if (!done) return done.error();
    }
    for (const auto step : {&Gatherer::openings, &Gatherer::messages, &Gatherer::agreement}) {
      const Status done = (this->*step)();
      if (!done) return done.error();
    }
    put("export/erds-evidence.json",
        canonical_json(evidence::erds_evidence(source_.leaves, contents_.files, settings_.origin)));
    contents_.files.merge(bundle_texts());
    facts(checkpoint->size);
    put("STATUS.txt", status());
    return std::move(contents_);
  }

 private:
  void put(const std::string& name, std::string content) {
    contents_.files.insert_or_assign(name, std::move(content));
  }
  void lacks(Sentence sentence) { contents_.missing.push_back(std::move(sentence)); }

  void lacks_stamp() {
    lacks(settings_.tsas.empty()
              ? "No time-stamping authority is configured, so no time stamp says by when this existed."
              : "The log has not been sealed and stamped since: after the next seal make the bundle again, "
                "or give --wait.");
  }

  /// That of the seal, else the newest; it has all events of the notice.
  Result<PublishedCheckpoint> find_checkpoint() {
    if (!source_.after) {
      lacks_stamp();
      auto checkpoint = wait_for_checkpoint(settings_, file_.events.back().sequence);
      if (!checkpoint) return checkpoint;
      put("log/checkpoint", checkpoint->note);
      witnesses(source_.witnesses.judge(checkpoint->note));
      return checkpoint;
    }
    const evidence::Seal& seal = *source_.after;
    put("log/checkpoint", cosigned_note(seal));
    put("log/sealed", seal.sealed.note);
    stamps(seal, "sealed");
    witnesses(source_.witnesses.judge(cosigned_note(seal)));
    return PublishedCheckpoint{cosigned_note(seal), seal.sealed.checkpoint.size, seal.sealed.checkpoint.root};
  }

  void stamps(const evidence::Seal& seal, const std::string& name) {
    int number = 0;
    for (const evidence::Seal::Stamp& stamp : seal.stamps) {
      if (stamp.stamp)
        put("time/" + name + "-" + std::to_string(++number) + ".token", stamp.stamp->token);
      else
        lacks({"The time stamp of {0} for this seal has not come yet.", {stamp.tsa}});
    }
    if (seal.stamps.empty()) lacks_stamp();
  }

  void witnesses(const Result<evidence::PolicyVerdict>& verdict) {
    const auto& asked = source_.witnesses.witnesses();
    if (asked.empty())
      lacks("No witness is configured: nobody but the log vouches that it shows everybody the same.");
    for (const evidence::TrustedWitness& witness : asked) {
      const bool has = verdict && std::any_of(verdict->witnesses.begin(), verdict->witnesses.end(),
                                              [&](const auto& one) { return one.name == witness.name; });
      if (!has) lacks({"The witness {0} has not cosigned this checkpoint.", {witness.name}});
    }
    if (!asked.empty() && !(verdict && verdict->quorum))
      lacks("Too few witnesses have cosigned this checkpoint for the quorum of the configuration.");
  }

  Status events(const PublishedCheckpoint& checkpoint, evidence::TileReader& tiles) {
    for (const StoredEvent& event : file_.events) {
      const auto index = static_cast<std::uint64_t>(event.sequence - 1);
      const auto proof = evidence::make_log_proof(tiles, index, checkpoint.note);
      if (!proof) return proof.error();
      if (!evidence::proves(*proof, event.bytes, checkpoint.size, checkpoint.root)) {
        return Error{ErrorKind::invalid,
                     "the event of leaf " + std::to_string(index) +
                         " is not the one in the log: `duenotice log verify` names every difference"};
      }
      put("events/" + std::to_string(index) + ".leaf", event.bytes);
      put("events/" + std::to_string(index) + ".tlog-proof", to_text(*proof));
    }
    return Done{};
  }

  Status before(const PublishedCheckpoint& checkpoint, evidence::TileReader& tiles) {
    if (!source_.before || source_.before->sealed.checkpoint.size == 0) {
      lacks(
          "The log had no seal that a time-stamping authority or a witness confirmed before this notice, so "
          "nothing says since when it existed.");
      return Done{};
    }
    const evidence::Seal& seal = *source_.before;
    auto proof = tiles.prove_consistency(seal.sealed.checkpoint.size);
    if (!proof) return proof.error();
    put("log/before", cosigned_note(seal));
    put("log/consistency",
        to_text(evidence::AddCheckpoint{seal.sealed.checkpoint.size, std::move(*proof), checkpoint.note}));
    return Done{};
  }

  Status openings() {
    std::size_t closed = 0;
    for (const StoredEvent& event : file_.events) {
      const auto all = source_.reader.openings(event);
      if (!all) return all.error();
      for (const FieldOpening& one : *all) {
        if (!one.payload) {
          ++closed;
          continue;
        }
        const std::string name = "openings/" + std::to_string(event.sequence - 1) + "-" + one.field;
        put(name + ".r", to_hex(one.opening) + "\n");
        put(name + ".m", evidence::commitment_message(one.field, *one.payload));
        opened_.emplace(one.field, *one.payload);
      }
    }
    if (closed > 0)
      lacks({"What {0} commitments bind to is not in the journal any more.", {std::to_string(closed)}});
    return Done{};
  }

  Status messages() {
    for (const Rendering& each : file_.renderings) {
      auto content = source_.reader.rendering_content(file_.notice.id, each.channel, each.revision);
      if (!content) return content.error();
      const std::string channel(to_text(each.channel));
      const std::string name =
          channel + "-" + std::to_string(each.revision) + std::string(extension(each.channel));
      if (opened_.contains({channel + ".content", *content}))
        put("notice/" + name, std::move(*content));
      else
        lacks({"The message {0} is left out: no event in the log binds to it.", {name}});
    }
    return Done{};
  }

  /// The files of the version, when they are still those under which the notice was accepted.
  Status agreement() {
    namespace fs = std::filesystem;
    const Notice& notice = file_.notice;
    const fs::path folder =
        source_.configuration.agreements.path / notice.agreement / notice.agreement_version;
    std::error_code failed;
    evidence::NamedFiles texts;
    for (const auto& entry : fs::directory_iterator(folder, failed)) {
      auto content = read_file(entry.path(), limits::agreement_file_bytes);
      if (!content) return content.error();
      texts.emplace("agreement/" + entry.path().filename().string(), std::move(*content));
    }
    const bool named = std::all_of(texts.begin(), texts.end(),
                                   [](const auto& each) { return evidence::is_archive_name(each.first); });
    if (failed || !named || evidence::agreement_digest(texts) != notice.agreement_digest.hex())
      lacks("The agreement's texts are left out: those on this machine are not the ones of the notice.");
    else
      contents_.files.merge(texts);
    return Done{};
  }

  void facts(std::uint64_t size) {
    const Notice& notice = file_.notice;
    contents_.facts = Json::Object{{"notice", notice.id},
                                   {"origin", settings_.origin},
                                   {"tree_size", static_cast<std::int64_t>(size)},
                                   {"state", to_text(notice.state)},
                                   {"sandbox", notice.sandbox || source_.leaves.rests_on_sandbox()},
                                   {"legal_date", notice.deemed ? Json(to_text(notice.deemed->on)) : Json()},
                                   {"time_zone", notice.time_zone},
                                   {"agreement", Json::Object{{"id", notice.agreement},
                                                              {"version", notice.agreement_version},
                                                              {"sha256", notice.agreement_digest.hex()}}}};
    Json missing = Json::array();
    for (const Sentence& sentence : contents_.missing) missing.push_back(say(Language::english, sentence));
    contents_.facts["missing"] = std::move(missing);
  }

  /// A word of ours in both languages.
  static std::string both(std::string_view word) {
    return std::string(say(Language::chinese, word)) + " / " + std::string(word);
  }

  std::string status() const {
    const evidence::StatusLines lines = evidence::status_lines(contents_.facts);
    std::string text = lines.notice + "\n状态 / State: " + both(to_text(file_.notice.state)) + "\n" +
                       lines.legal_date + "\n" + (lines.sandbox.empty() ? "" : lines.sandbox + "\n");
    text += "\n渠道 / Channels:\n";
    for (const Delivery& delivery : file_.deliveries)
      text += "- " + both(to_text(delivery.channel)) + ": " + both(to_text(delivery.state)) +
              (delivery.counts ? "" : ", 副本 / copy") +
              (delivery.sandbox ? ", 沙箱，未向任何人发送 / SANDBOX, not sent to anybody" : "") + "\n";
    text += contents_.missing.empty() ? "\n没有缺失 / Nothing is missing\n" : "\n尚缺 / Still missing:\n";
    for (const Sentence& sentence : contents_.missing)
      text += "- " + say(Language::chinese, sentence) + "\n  " + say(Language::english, sentence) + "\n";
    return text;
  }

  const BundleSource& source_;
  const NoticeFile& file_;
  const EvidenceSettings& settings_;
  BundleContents contents_;
  std::set<std::pair<std::string, std::string>> opened_;  ///< fields, and what their commitments bind to
};

}  // namespace

Result<BundleContents> gather_bundle(const BundleSource& source) { return Gatherer(source).run(); }

evidence::NoticeLeaves leaves_of(const NoticeFile& file) {
  evidence::NoticeLeaves leaves;
  for (const StoredEvent& event : file.events) {
    auto document = parse_json(event.bytes);
    if (document && document->as_object())
      leaves.add(static_cast<std::uint64_t>(event.sequence - 1), std::move(*document));
  }
  return leaves;
}

}  // namespace duenotice::app
