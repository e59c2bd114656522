#include "gateway/app/notice_page.hpp"

#include <algorithm>

#include "gateway/agreement/agreement.hpp"
#include "gateway/app/event_words.hpp"
#include "gateway/app/notice_json.hpp"
#include "gateway/app/table.hpp"
#include "gateway/notice/delivery_answers.hpp"

namespace duenotice::app {

namespace {

constexpr std::size_t label_width = 20;

class Page {
 public:
  Page(const Terminal& terminal, const NoticeFile& file, bool gateway_is_away)
      : terminal_(terminal), file_(file), notice_(file.notice), gateway_is_away_(gateway_is_away) {}

  void print() const {
    terminal_.out << terminal_.paint(say("Notice") + " " + notice_.id, Tone::strong) << "  "
                  << terminal_.paint(say(to_text(notice_.state)), tone_of(notice_))
                  << sandbox_mark(notice_.sandbox) << "\n\n";
    identity();
    terminal_.out << "\n";
    legal_date();
    terminal_.out << "\n";
    three_answers();
    terminal_.out << "\n" << terminal_.paint(say("Deliveries"), Tone::strong) << "\n";
    for (const Delivery& delivery : file_.deliveries) this->delivery(delivery);
    left_out();
    decisions();
    history();
  }

 private:
  std::string say(std::string_view english) const { return std::string(terminal_.say(english)); }

  std::string sandbox_mark(bool sandbox) const {
    return sandbox ? "  " + terminal_.paint(say("SANDBOX"), Tone::warn) : std::string();
  }

  void line(std::string_view label, const std::string& text) const {
    const std::string shown = say(label);
    terminal_.out << "  " << terminal_.paint(shown, Tone::faint) << padding(shown, label_width) << " " << text
                  << "\n";
  }

  void identity() const {
    line("Agreement", visible(notice_.agreement + " " + notice_.agreement_version));
    line("", "SHA-256 " + notice_.agreement_digest.hex());
    line("Kind", visible(notice_.kind + ", " + say("clause") + " " + clauses(notice_)));
    if (notice_.erased) {
      line("Account", terminal_.paint(say("ERASED"), Tone::warn));
      line("", terminal_.paint(
                   say("nobody can read any more whom it was for, what it said and what was answered"),
                   Tone::warn));
    } else {
      line("Account", visible(notice_.account_id));
      line("Request", visible(notice_.source + " " + notice_.request_id));
    }
    if (notice_.reference) line("Reference", visible(*notice_.reference));
    line("Accepted", to_text(notice_.accepted_at));
    if (notice_.dates_hold_until) line("Dates hold until", to_text(*notice_.dates_hold_until));
    if (notice_.not_before) line("Not before", to_text(*notice_.not_before));
    if (!notice_.effective_date) return;
    std::string effective = to_text(*notice_.effective_date);
    if (notice_.earliest_effective_date) {
      effective += ", " + say("earliest lawful") + " " + to_text(*notice_.earliest_effective_date);
    }
    if (notice_.must_be_sent_by)
      effective += ", " + say("must be sent by") + " " + to_text(*notice_.must_be_sent_by);
    line("Effective", effective);
    if (!notice_.must_be_sent_by) return;
    line("Calendar",
         visible(notice_.calendar == "none" ? say("none: rest days were not counted") : notice_.calendar));
  }

  void legal_date() const {
    if (notice_.deemed) {
      const DeemedDelivery& deemed = *notice_.deemed;
      line("Legal date", terminal_.paint(to_text(deemed.on), Tone::strong) + " (" +
                             visible(notice_.time_zone) + ")" + sandbox_mark(notice_.sandbox));
      line("", visible(say(deemed.rule) + ", " + say("clause") + " " + deemed.clause));
      line("", say(meaning_of(deemed.rule)));
      line("", say(to_text(deemed.channel)) + ", " + say("attempt") + " " + std::to_string(deemed.attempt) +
                   ", " + to_text(deemed.at));
    } else {
      const bool ended = notice_.state == NoticeState::failed || notice_.state == NoticeState::cancelled;
      line("Legal date", say(ended ? "none" : "none yet") + " (" + visible(notice_.time_zone) + ")" +
                             sandbox_mark(notice_.sandbox));
    }
    if (notice_.deemed && notice_.sandbox) {
      line("", terminal_.paint(say("SANDBOX: written to a file, not sent to anybody"), Tone::warn));
    }
    if (notice_.lead_time_broken) {
      line("", terminal_.paint(say("lead time broken: sent later than the agreement allows"), Tone::bad));
    }
    if (notice_.late_known) line("", say("a person has said since that they know"));
    if (notice_.late_accepted) {
      line("", terminal_.paint(say("a person decided that it goes out although it is late"), Tone::warn));
    }
  }

  static std::string_view meaning_of(const std::string& rule) {
    return rule == to_text(DeemedRule::entry_into_system)
               ? "a notice is delivered when it enters the recipient's system"
               : "a notice is deemed delivered on the date of its sending";
  }

  static std::string_view why_nobody_knows(const std::vector<DeliveryStanding>& all) {
    const auto some = [&](DeliveryState wanted) {
      return std::any_of(all.begin(), all.end(), [&](const auto& each) { return each.state == wanted; });
    };
    if (some(DeliveryState::in_flight)) return "nobody knows yet: an attempt is under way";
    if (some(DeliveryState::relayed)) return "nobody knows yet: our own relay has not reported";
    const auto unanswered = [](const auto& each) { return each.maybe_sent && !each.confirmed; };
    if (std::none_of(all.begin(), all.end(), unanswered))
      return "nobody knows for certain: the provider says that it has the message";
    return "nobody knows: an attempt ended without an answer";
  }

  void three_answers() const {
    const std::vector<DeliveryStanding> all = standings(file_.deliveries);
    const std::optional<bool> sent = anything_sent(all);
    const ResendSafety safety = resend_safety(notice_.state, all);
    line("Was anything sent?", say(!sent   ? why_nobody_knows(all)
                                   : *sent ? "yes"
                                           : "no") +
                                   sandbox_mark(notice_.sandbox && sent.value_or(true)));
    if (notice_.erased) {
      line("Is a resend safe?", say("no") + ": " + say(erased_why));
    } else {
      line("Is a resend safe?", say(safety.safe ? "yes" : "no") + ": " + say(safety.why));
    }
    const NextActor actor = next_actor(notice_);
    line("Who must act?", say(to_text(actor)));
    if (!notice_.erased && needs_another_way(notice_.state, all)) {
      line("", say("The provider's word makes no legal date, and no channel is left: tell the recipient in "
                   "another way that the clause allows, or send it a second time with `resolve --resend`."));
    }
    if (actor == NextActor::gateway && gateway_is_away_) {
      line("", terminal_.paint(say("but no gateway answers here: it is stopped, starting or stopping; see "
                                   "`duenotice doctor`"),
                               Tone::warn));
    }
  }

  void left_out() const {
    for (const StoredEvent& event : file_.events) {
      if (event.type != events::channel_left_out) continue;
      const auto document = parse_json(event.bytes);
      const Json* channel = document ? document->find("channel") : nullptr;
      if (channel == nullptr || channel->as_string() == nullptr) continue;
      const Json* counts = document->find("counts");
      const bool counted = counts != nullptr && counts->as_bool() != nullptr && *counts->as_bool();
      terminal_.out << "  " << visible(say(*channel->as_string())) << " ("
                    << say(counted ? "counts for the clause" : "copy") << ")  "
                    << say("left out: its words are too long for this channel") << "\n";
    }
  }

  void delivery(const Delivery& delivery) const {
    terminal_.out << "  " << say(to_text(delivery.channel)) << " ("
                  << say(delivery.counts ? "counts for the clause" : "copy") << ")  "
                  << (notice_.erased ? say("ERASED") : visible(delivery.address_masked)) << "  "
                  << terminal_.paint(say(to_text(delivery.state)), Tone::strong)
                  << sandbox_mark(delivery.sandbox);
    if (delivery.due_at) terminal_.out << "  " << say("due") << " " << to_text(*delivery.due_at);
    if (!delivery.reason.empty())
      terminal_.out << "  " << say("because") << " " << visible(say(delivery.reason));
    if (delivery.revision > 1) terminal_.out << "  " << say("revision") << " " << delivery.revision;
    terminal_.out << "\n";
    bool tried = false;
    for (const Attempt& attempt : file_.attempts) {
      if (attempt.channel != delivery.channel) continue;
      this->attempt(attempt);
      tried = true;
    }
    if (!tried) terminal_.out << "    " << terminal_.paint(say("no attempt yet"), Tone::faint) << "\n";
    const bool stuck = delivery.state == DeliveryState::failed || delivery.state == DeliveryState::held;
    if (stuck && !notice_.erased) answers(answers_of(delivery, notice_.state, is_late_unasked(notice_)));
  }

  /// Of a delivery that a person may want to send again.
  void answers(const DeliveryAnswers& answers) const {
    terminal_.out << "    " << say("Was it sent?") << " "
                  << say(!answers.sent   ? "nobody knows"
                         : *answers.sent ? "yes"
                                         : "no")
                  << "  " << say("Is a resend safe?") << " " << say(answers.resend.safe ? "yes" : "no")
                  << ": " << say(answers.resend.why) << "  " << say("Who must act?") << " "
                  << say(to_text(answers.actor)) << "\n";
  }

  void attempt(const Attempt& attempt) const {
    terminal_.out << "    " << attempt.number << "  " << to_text(attempt.started_at) << "  "
                  << (attempt.outcome ? say(to_text(*attempt.outcome)) : say("under way"));
    if (attempt.ended_at) terminal_.out << "  " << to_text(*attempt.ended_at);
    if (!attempt.code.empty()) terminal_.out << "  " << visible(attempt.code);
    if (!attempt.reply.empty() || (notice_.erased && attempt.ended_at))
      terminal_.out << "  "
                    << terminal_.paint(notice_.erased ? say("ERASED") : visible(trimmed(attempt.reply)),
                                       Tone::faint);
    if (attempt.possible_duplicate)
      terminal_.out << "  " << terminal_.paint(say("possible duplicate"), Tone::warn);
    if (attempt.probe) terminal_.out << "  " << terminal_.paint(say("probe"), Tone::faint);
    if (!attempt.provider_id.empty())
      terminal_.out << "  " << say("provider's id") << " " << visible(attempt.provider_id);
    for (const Replay& replay : file_.replays) {
      if (attempt.job == replay.number) terminal_.out << "  " << say("replay") << " " << replay.id;
    }
    went_elsewhere(attempt);
    terminal_.out << "\n";
    for (const Receipt& receipt : file_.receipts) {
      if (receipt.attempt == attempt.id) this->receipt(receipt);
    }
  }

  const Rendering* rendering(Channel channel, int revision) const {
    for (const Rendering& each : file_.renderings) {
      if (each.channel == channel && each.revision == revision) return &each;
    }
    return nullptr;
  }

  /// Where it went, if that was not the address that the notice was accepted with.
  void went_elsewhere(const Attempt& attempt) const {
    const Rendering* first = rendering(attempt.channel, 1);
    const Rendering* its = rendering(attempt.channel, attempt.revision);
    if (first == nullptr || its == nullptr || first->address == its->address) return;
    terminal_.out << "  "
                  << duenotice::app::say(terminal_.language,
                                         Sentence("to the address {0}", {visible(its->address_masked)}))
                  << " (" << say("revision") << " " << attempt.revision << ")";
  }

  void receipt(const Receipt& receipt) const {
    terminal_.out << "       " << say("receipt") << "  " << to_text(receipt.at) << "  "
                  << terminal_.paint(say(receipt_words(to_text(receipt.kind))), receipt_tone(receipt.kind));
    if (!receipt.provider_id.empty())
      terminal_.out << "  " << say("provider's id") << " " << visible(receipt.provider_id);
    if (!receipt.report.empty())
      terminal_.out << "  " << terminal_.paint(visible(trimmed(receipt.report)), Tone::faint);
    terminal_.out << "\n";
  }

  static Tone receipt_tone(ReceiptKind kind) {
    const bool bad = kind == ReceiptKind::refused || kind == ReceiptKind::undelivered;
    return bad ? Tone::bad : kind == ReceiptKind::delivered ? Tone::good : Tone::plain;
  }

  /// What people decided, if anybody did: who, when, why, and on what ground.
  void decisions() const {
    if (file_.acts.empty()) return;
    terminal_.out << "\n" << terminal_.paint(say("Decisions"), Tone::strong) << "\n";
    for (const Act& act : file_.acts) {
      terminal_.out << "  " << to_text(act.at) << "  " << terminal_.paint(say(act.what), Tone::strong);
      if (act.channel) terminal_.out << "  " << say(to_text(*act.channel));
      for (const Replay& replay : file_.replays) {
        if (replay.act == act.number) terminal_.out << "  " << say("replay") << " " << replay.id;
      }
      terminal_.out << "  " << say("by") << " " << visible(act.operator_name) << ": "
                    << (act.erased ? say("ERASED") : visible(act.reason)) << "\n";
      if (!act.statement.empty())
        terminal_.out << "    " << say("the provider says") << ": " << visible(act.statement) << "\n";
      if (!act.evidence_name.empty()) {
        terminal_.out << "    " << say("evidence") << ": " << visible(act.evidence_name);
        if (act.evidence_digest && !act.erased)
          terminal_.out << "  SHA-256 " << act.evidence_digest->hex() << "  " << act.id;
        terminal_.out << "\n";
      }
    }
  }

  /// The line end of a server's reply says nothing to a person.
  static std::string_view trimmed(std::string_view reply) {
    while (reply.ends_with('\n') || reply.ends_with('\r')) reply.remove_suffix(1);
    return reply;
  }

  void history() const {
    terminal_.out << "\n" << terminal_.paint(say("History"), Tone::strong) << "\n";
    for (const StoredEvent& event : file_.events) {
      terminal_.out << "  " << event.sequence << "  " << to_text(event.at) << "  "
                    << visible(in_words(terminal_.language, event)) << "\n";
    }
  }

  const Terminal& terminal_;
  const NoticeFile& file_;
  const Notice& notice_;
  const bool gateway_is_away_;
};

}  // namespace

void print_notice_page(const Terminal& terminal, const NoticeFile& file, bool gateway_is_away) {
  Page(terminal, file, gateway_is_away).print();
}

Tone tone_of(const Notice& notice) {
  switch (next_actor(notice)) {
    case NextActor::operator_:
    case NextActor::publisher:
      return Tone::bad;
    case NextActor::gateway:
      return Tone::plain;
    case NextActor::nobody:
      return notice.state == NoticeState::deemed_delivered ? Tone::good : Tone::faint;
  }
  return Tone::plain;
}

}  // namespace duenotice::app
