#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateway/agreement/rest_days.hpp"
#include "gateway/base/digest.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/base/time.hpp"
#include "gateway/base/time_zone.hpp"
#include "gateway/notice/channel.hpp"

/// One version of a contract, as data: what it obliges the company to tell its users, over which channels,
/// how long in advance, and when it deems a notice delivered. Values; immutable once loaded, so any thread
/// may read them.

namespace duenotice {

/// What makes a sending the legal delivery.
enum class DeemedRule {
  agreement_date_of_sending,  ///< the agreement deems a notice delivered on the date of sending
  entry_into_system,          ///< PRC Civil Code art. 137: when it enters the system that the recipient uses
};
std::string_view to_text(DeemedRule rule);
std::optional<DeemedRule> parse_deemed_rule(std::string_view text);

/// The rule for one channel and where it stands.
struct DeemedBasis {
  DeemedRule rule = DeemedRule::agreement_date_of_sending;
  std::string clause;
};

/// A `choice` is one of the words that its kind declares; a reader sees the words that stand for it.
enum class VariableType { string, date, money, url, integer, choice };
std::string_view to_text(VariableType type);
std::optional<VariableType> parse_variable_type(std::string_view text);

enum class Strategy { all_at_once, in_order };
enum class LatePolicy { hold, move };

/// How many distinct counting channels must be sent.
struct Required {
  enum class Rule { any, all, number };
  Rule rule = Rule::any;
  int number = 1;  ///< only for Rule::number
  bool operator==(const Required&) const = default;
};

/// What stands for each word of a choice: by the word, then by language.
using Choice = std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>>;

/// What must hold between a date of a request and another day; date_rules.hpp checks it.
struct DateRule {
  enum class Bound { not_before, not_after, before };
  std::string date;  ///< `effective_date`, or a variable of type date
  Bound bound = Bound::not_before;
  std::string other;  ///< `sending`: the day on which the notice is sent; or a date as above
  bool operator==(const DateRule&) const = default;
};
std::string_view to_text(DateRule::Bound bound);

/// A kind of notice: a duty that a clause creates.
struct Kind {
  std::string name;
  std::string clause;
  /// Further clauses under which it is given too; whoever looks for notices under one of them finds it.
  std::vector<std::string> also_clauses;
  std::vector<Channel> channels;  ///< count for the clause, in order of preference
  std::vector<Channel> copies;    ///< courtesy: never count, never date
  /// Channels that the clause names and that duenotice does not serve yet, by name; shown, never used.
  std::vector<std::string> later_channels;
  Required required;
  Strategy strategy = Strategy::all_at_once;
  std::optional<int> lead_days;
  /// How long its notices are kept after the relation with their account ended.
  int retain_years = limits::retain_years_default;
  LatePolicy late = LatePolicy::hold;
  bool appeal = false;  ///< the clause gives the user an appeal
  /// Every request must say it; always so with a lead time. Otherwise what is announced takes effect on the
  /// day on which the notice is first sent.
  bool needs_effective_date = false;
  std::vector<DateRule> dates;
  std::map<std::string, VariableType, std::less<>> variables;
  std::map<std::string, Choice, std::less<>> choices;  ///< of the variables that are one
};

struct Agreement {
  std::string id;
  std::string version;
  std::map<std::string, std::string, std::less<>> title;     ///< by language
  std::map<std::string, std::string, std::less<>> provider;  ///< the company's name, by language
  std::map<std::string, std::string, std::less<>> user;      ///< how the other party is called, by language
  std::map<std::string, std::string, std::less<>> contact;   ///< how to reach the company, by language
  /// The sender that every SMS names at its head, by language; empty when no kind uses SMS.
  std::map<std::string, std::string, std::less<>> sms_signature;
  /// How a text says from when, by language, where a request names no effective date: that it takes effect on
  /// the day of the sending. Empty when no text needs it.
  std::map<std::string, std::string, std::less<>> effective_on_sending;
  std::vector<std::string> languages;  ///< the first is the default
  TimeZone time_zone = TimeZone::utc();
  CalendarDate in_force_from;
  std::string notice_clause;
  std::map<Channel, DeemedBasis> deemed;
  std::map<std::string, Kind, std::less<>> kinds;
  /// Of agreement.toml and every text beside it, in order of their names; recorded with each notice.
  Digest digest;

  /// The language to write in for a recipient's `locale`: exact, then by its first part (`en-GB` → `en`), the
  /// default for an empty one. Empty when the agreement has no such language.
  std::optional<std::string> language_for(std::string_view locale) const;
};

/// All versions of all agreements, and the calendar that their periods are counted with. Which version
/// applies is decided here and nowhere else.
class AgreementSet {
 public:
  AgreementSet() = default;
  explicit AgreementSet(std::vector<Agreement> agreements, RestDays rest_days = {});

  bool knows(std::string_view id) const;
  /// The version named, whether it is in force or not. Null when there is none.
  const Agreement* version(std::string_view id, std::string_view version) const;
  /// The version in force at `instant`: the latest whose first day, in its own zone, has come. Null when
  /// there is none.
  const Agreement* in_force(std::string_view id, Instant instant) const;
  const std::vector<Agreement>& all() const { return agreements_; }
  const RestDays& rest_days() const { return rest_days_; }

 private:
  std::vector<Agreement> agreements_;  ///< by id, then by the day they came into force
  RestDays rest_days_;
};

}  // namespace duenotice
