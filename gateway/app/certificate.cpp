#include "gateway/app/certificate.hpp"

#include <algorithm>

#include "gateway/app/terminal.hpp"
#include "gateway/base/base64.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/base/words.hpp"
#include "gateway/evidence/merkle_hasher.hpp"
#include "gateway/notice/masked_text.hpp"

namespace duenotice::app {

namespace {

using Look = Certificate::Look;

/// `2026-07-01 00:00:00.000 +08:00`, as people in that zone read it.
std::string local_time(Instant instant, const TimeZone& zone) {
  const std::string offset = zone.offset_at(instant);
  const int minutes = std::stoi(offset.substr(1, 2)) * 60 + std::stoi(offset.substr(3, 2));
  std::string text = to_text(instant + std::chrono::minutes(offset[0] == '-' ? -minutes : minutes));
  text.pop_back();
  text[text.find('T')] = ' ';
  return text + " " + offset.substr(0, 3) + ":" + offset.substr(3);
}

std::string in(const std::map<std::string, std::string, std::less<>>& texts, Language language) {
  const auto found = texts.find(language == Language::chinese ? "zh-CN" : "en");
  if (found != texts.end()) return found->second;
  return texts.empty() ? std::string() : texts.begin()->second;
}

/// How people call it.
std::string_view name_of(Channel channel) {
  switch (channel) {
    case Channel::email:
      return "email";
    case Channel::in_site:
      return "in-site message";
    case Channel::sms:
      return "SMS";
  }
  return "";
}

class Writer {
 public:
  Writer(const CertificateSource& source, const TimeZone& zone, Language language)
      : source_(source), file_(source.file), notice_(source.file.notice), zone_(zone), language_(language) {}

  Certificate write() {
    page_.language = language_;
    page_.title = say("Certificate of Notice");
    page_.number = notice_.id;
    page_.as_of = file_.events.empty() ? notice_.accepted_at : file_.events.back().at;
    page_.subtitle = say("Notice") + " " + notice_.id + " · " + words(to_text(notice_.state));
    if (notice_.sandbox) page_.stamp = say("SANDBOX: not sent to anybody");
    legal_date();
    parties();
    message();
    channels();
    record();
    remarks();
    return std::move(page_);
  }

 private:
  std::string say(std::string_view english) const { return std::string(app::say(language_, english)); }
  std::string fill(const char* english, std::vector<std::string> values) const {
    return app::say(language_, Sentence(english, std::move(values)));
  }

  /// A stable word such as `deemed_delivered`, as words.
  std::string words(std::string_view word) const {
    std::string said = say(word);
    std::replace(said.begin(), said.end(), '_', ' ');
    return said;
  }
  /// Facts of one kind, one after another.
  std::string list(const std::vector<std::string>& facts) const {
    std::string said;
    for (const std::string& fact : facts)
      said += (said.empty() ? "" : language_ == Language::chinese ? "；" : "; ") + fact;
    return said;
  }

  void section(std::string_view title) { page_.sections.push_back({say(title), {}}); }
  void row(std::string_view label, std::string_view text, Look look = Look::plain) {
    page_.sections.back().rows.push_back({label.empty() ? "" : say(label), visible(text), look});
  }

  std::string moment(Instant at) const { return local_time(at, zone_) + " (" + to_text(at) + ")"; }

  /// `Clause 12.1`, `第 12.1 条`; a place that is more than a number stays as it is.
  std::string clause(const std::string& clause) const {
    const bool number = !clause.empty() && clause[0] >= '0' && clause[0] <= '9';
    return number ? fill("Clause {0}", {clause}) : clause;
  }

  void legal_date() {
    section("Delivery under the agreement");
    if (!notice_.deemed) return no_legal_date();
    const DeemedDelivery& deemed = *notice_.deemed;
    row("Legal date",
        to_text(deemed.on) + " (" + notice_.time_zone + ")" + (notice_.sandbox ? "  " + say("SANDBOX") : ""),
        Look::strong);
    const bool by_sending = deemed.rule == to_text(DeemedRule::agreement_date_of_sending);
    row("Rule", fill(by_sending ? "{0}: a notice is deemed delivered on the date of its sending"
                                : "{0}: a notice is delivered when it enters the recipient's system",
                     {clause(deemed.clause)}) +
                    " (" + deemed.rule + ")");
    row("Fixed by", fill("{0}, attempt {1}, {2}",
                         {say(name_of(deemed.channel)), std::to_string(deemed.attempt), moment(deemed.at)}));
    if (notice_.sandbox) row("", say("SANDBOX: written to a file, not sent to anybody"), Look::strong);
    if (notice_.lead_time_broken)
      row("", say("lead time broken: sent later than the agreement allows"), Look::strong);
    if (notice_.late_known) row("", say("a person has said since that they know"));
    if (notice_.late_accepted) row("", say("a person decided that it goes out although it is late"));
  }

  void no_legal_date() {
    const bool ended = notice_.state == NoticeState::failed || notice_.state == NoticeState::cancelled;
    row("Legal date", say(ended ? "none" : "none yet"), Look::strong);
    row("Why", app::say(language_, why_no_date()));
    if (notice_.sandbox) row("", say("SANDBOX: written to a file, not sent to anybody"), Look::strong);
  }

  Sentence why_no_date() const {
    const auto some = [&](DeliveryState state) {
      return std::any_of(file_.deliveries.begin(), file_.deliveries.end(),
                         [&](const Delivery& each) { return each.counts && each.state == state; });
    };
    const std::string needed = std::to_string(notice_.required);
    if (notice_.state == NoticeState::cancelled)
      return {"The notice was cancelled before anything of it was sent."};
    if (notice_.state == NoticeState::held)
      return {
          "The notice is held: a person has to decide about it. Required: sendings on {0} of the "
          "channels that count.",
          {needed}};
    if (notice_.state == NoticeState::failed)
      return {
          "Sending failed: not on {0} of the channels that count did a system outside the sender's control "
          "confirm that it had taken the notice.",
          {needed}};
    if (some(DeliveryState::relayed))
      return {"Our own relay has the notice and has not reported yet that another system has taken it."};
    return {"The sending is not finished: required are sendings on {0} of the channels that count.",
            {needed}};
  }

  void parties() {
    section("Parties and ground");
    const Agreement* agreement = source_.agreement;
    if (agreement != nullptr) {
      row("From", in(agreement->provider, language_));
      row("To", in(agreement->user, language_) + ", " + say("account") + " " + notice_.account_id);
      row("Agreement",
          in(agreement->title, language_) + " (" + notice_.agreement + " " + notice_.agreement_version + ")");
    } else {
      row("From", say("not stated: the agreement with this digest is not on this machine"));
      row("To", say("account") + " " + notice_.account_id);
      row("Agreement", notice_.agreement + " " + notice_.agreement_version);
    }
    row("Its SHA-256", notice_.agreement_digest.hex(), Look::code);
    row("Kind", notice_.kind);
    row("Clause", clauses(notice_));
    row("Request", notice_.source + " " + notice_.request_id +
                       (notice_.reference ? ", " + say("reference") + " " + *notice_.reference : ""));
    row("Accepted", moment(notice_.accepted_at));
    if (!notice_.effective_date) return;
    std::string effective = to_text(*notice_.effective_date);
    if (notice_.earliest_effective_date)
      effective += ", " + say("earliest lawful") + " " + to_text(*notice_.earliest_effective_date);
    if (notice_.must_be_sent_by)
      effective += ", " + say("must be sent by") + " " + to_text(*notice_.must_be_sent_by);
    row("Effective", effective);
  }

  /// The beginning of a message: lines that are not empty, each shortened.
  void message() {
    if (!source_.shown) return;
    section("What was written");
    row("Message for", say(name_of(*source_.shown)) + "  " +
                           say("(first lines; the digest below stands for all of its bytes)"));
    if (!source_.words.subject.empty())
      row("Subject", shortened(visible(source_.words.subject), limits::certificate_line_cells));
    std::string text;
    int lines = 0;
    for (std::string_view rest = source_.words.text; !rest.empty();) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const std::string line = shortened(visible(rest.substr(0, end)), limits::certificate_line_cells);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (line.find_first_not_of(' ') == std::string::npos) continue;
      if (lines++ == limits::certificate_lines) {
        text += "\n…";
        break;
      }
      text += (text.empty() ? "" : "\n") + line;
    }
    page_.sections.back().rows.push_back({say("Text"), text, Look::plain});
  }

  void channels() {
    section("Channels");
    for (const Delivery& delivery : file_.deliveries) {
      std::vector<std::string> facts = {
          fill("to {0}", {source_.unmasked ? delivery.address : delivery.address_masked}),
          say(delivery.counts ? "counts for the clause" : "copy"), standing(delivery)};
      if (delivery.sandbox) facts.push_back(say("SANDBOX"));
      row(name_of(delivery.channel), list(facts));
      attempts(delivery);
    }
    for (const std::string& word : separated(notice_.channels_left_out)) {
      const auto channel = parse_channel(word);
      if (channel) row(name_of(*channel), say("not sent: its words are too long for this channel"));
    }
  }

  std::string standing(const Delivery& delivery) const {
    const std::string state = words(to_text(delivery.state));
    return delivery.reason.empty() ? state : state + " (" + words(delivery.reason) + ")";
  }

  /// The sending that made the legal date, else the first, else the last attempt; and how many others.
  std::pair<const Attempt*, int> attempt_to_show(const Delivery& delivery) const {
    const auto& deemed = notice_.deemed;
    const Attempt* shown = nullptr;
    int all = 0;
    bool decisive = false;
    for (const Attempt& attempt : file_.attempts) {
      if (attempt.channel != delivery.channel) continue;
      ++all;
      if (shown == nullptr || (shown->outcome != Outcome::sent && !decisive)) shown = &attempt;
      if (!deemed || deemed->channel != attempt.channel || deemed->attempt != attempt.number) continue;
      shown = &attempt;
      decisive = true;
    }
    return {shown, all - 1};
  }

  void attempts(const Delivery& delivery) {
    const auto [shown, others] = attempt_to_show(delivery);
    if (shown == nullptr) return row("", say("no attempt yet"));
    std::vector<std::string> facts = {fill(
        "attempt {0}: {1}, {2}",
        {std::to_string(shown->number), shown->outcome ? words(to_text(*shown->outcome)) : say("under way"),
         moment(shown->ended_at.value_or(shown->started_at))})};
    if (shown->sandbox) facts.push_back(say("SANDBOX: written to a file, not sent to anybody"));
    if (shown->outcome == Outcome::unknown) facts.push_back(say("nobody knows whether it went out"));
    if (!shown->code.empty() && !shown->sandbox) facts.push_back(fill("answer: {0}", {shown->code}));
    if (!shown->provider_id.empty()) facts.push_back(say("provider's id") + " " + shown->provider_id);
    if (others > 0) facts.push_back(fill("further attempts: {0}", {std::to_string(others)}));
    row("", list(facts));
    digest(delivery.channel, shown->revision);
    receipts(*shown);
  }

  void digest(Channel channel, int revision) {
    for (const Rendering& each : file_.renderings) {
      if (each.channel == channel && each.revision == revision)
        row("",
            "SHA-256 " + each.digest.hex() +
                (revision > 1 ? " (" + say("revision") + " " + std::to_string(revision) + ")" : ""),
            Look::code);
    }
  }

  void receipts(const Attempt& attempt) {
    const Receipt* last = nullptr;
    for (const Receipt& receipt : file_.receipts) {
      if (receipt.attempt == attempt.id) last = &receipt;
    }
    if (last == nullptr) return;
    row("", say("later receipt, which changes no date") + ": " + say(to_text(last->kind)) + ", " +
                moment(last->at));
  }

  /// The event that set the legal date, else the newest.
  const StoredEvent* decisive() const {
    const auto found = std::find_if(file_.events.begin(), file_.events.end(), [](const StoredEvent& each) {
      return each.type == events::deemed_delivered;
    });
    if (found != file_.events.end()) return &*found;
    return file_.events.empty() ? nullptr : &file_.events.back();
  }

  void record() {
    section("Evidence");
    std::vector<std::string> places;
    for (const StoredEvent& event : file_.events) places.push_back(std::to_string(event.sequence - 1));
    if (places.size() > limits::certificate_indexes) places = {places.front(), "…", places.back()};
    const StoredEvent* event = decisive();
    if (source_.origin.empty()) {
      row("Evidence log", say("none is kept: nothing but the sender's own journal vouches for this page"));
      row("Journal events", std::to_string(file_.events.size()));
    } else {
      row("Evidence log", source_.origin);
      row("Log indexes", joined(places));
      log(event);
    }
    verification_data(event);
  }

  void log(const StoredEvent* event) {
    if (!source_.checkpoint) return row("Checkpoint", say("none yet: the log has not been signed"));
    const PublishedCheckpoint& checkpoint = *source_.checkpoint;
    row("Checkpoint", fill("{0} events, root:", {std::to_string(checkpoint.size)}));
    row("", to_base64(evidence::bytes_of(checkpoint.root)), Look::code);
    if (event != nullptr && static_cast<std::uint64_t>(event->sequence) > checkpoint.size)
      row("", say("this checkpoint does not cover the notice's decisive event yet"), Look::strong);
    for (const evidence::TimeStamp& stamp : source_.stamps)
      row("Time stamp",
          fill("the checkpoint existed at {0} at the latest, says {1}", {moment(stamp.gen_time), stamp.tsa}));
    if (source_.stamps.empty()) row("Time stamp", say("none yet: no time-stamping authority vouches for it"));
    if (!source_.log_key.empty()) row("Log key", source_.log_key, Look::code);
  }

  void verification_data(const StoredEvent* event) {
    page_.qr = "duenotice-certificate/v1\nnotice " + notice_.id + "\n";
    if (notice_.deemed) page_.qr += "date " + to_text(notice_.deemed->on) + "\n";
    if (notice_.sandbox) page_.qr += "sandbox\n";
    if (event != nullptr)
      page_.qr += "leaf " + std::to_string(event->sequence - 1) + " " +
                  to_base64(evidence::bytes_of(evidence::MerkleHasher().leaf(event->bytes))) + "\n";
    if (source_.checkpoint) page_.qr += "\n" + source_.checkpoint->note;
  }

  void remarks() {
    page_.remarks.push_back(fill(
        "This page sums up the sender's record as it stood at {0}. By itself it proves nothing: compare it "
        "with the log, or check the notice's evidence bundle, with keys that do not come from the sender of "
        "this page.",
        {moment(page_.as_of)}));
    page_.remarks.push_back(say(
        "\"Sent\" says that a system outside the sender's control answered that it had taken the message, "
        "or that the message stood in the recipient's inbox here. It does not say that anybody read it. "
        "Times are those of the sender's clock."));
    page_.remarks.push_back(
        say("The code holds the notice's id, its legal date, the index and hash of the event that set it (or "
            "of the newest event), and the signed checkpoint."));
  }

  const CertificateSource& source_;
  const NoticeFile& file_;
  const Notice& notice_;
  const TimeZone& zone_;
  const Language language_;
  Certificate page_;
};

}  // namespace

Certificate make_certificate(const CertificateSource& source, const TimeZone& zone, Language language) {
  return Writer(source, zone, language).write();
}

std::optional<Channel> channel_to_quote(const NoticeFile& file) {
  if (file.notice.deemed) return file.notice.deemed->channel;
  for (const Attempt& attempt : file.attempts) {
    if (attempt.outcome == Outcome::sent) return attempt.channel;
  }
  if (file.renderings.empty()) return std::nullopt;
  return file.renderings.front().channel;
}

}  // namespace duenotice::app
