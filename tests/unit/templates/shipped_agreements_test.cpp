#include <set>

#include "tests/unit/templates/rendering.hpp"
#include "tests/unit/templates/shipped_checklist.hpp"

using namespace duenotice;
using namespace duenotice::templates;

namespace {

/// Those that have room for every word of the checklist; an SMS has one of its own.
std::vector<Channel> long_channels(const Kind& kind) {
  std::vector<Channel> channels = all_channels(kind);
  std::erase(channels, Channel::sms);
  return channels;
}

/// The text of an HTML part as far as the checklist needs it: table cells become `label: value` like in the
/// text.
std::string html_as_text(std::string html, const std::string& colon) {
  const std::string cell = "</td>\n<td";
  for (std::size_t at = html.find(cell); at != std::string::npos; at = html.find(cell)) {
    html.replace(at, html.find('>', at + cell.size()) + 1 - at, colon);
  }
  return html;
}

}  // namespace

TEST_CASE("every message says what its clause demands") {
  const auto library = shipped();
  for (const Row& row : checklist) {
    const Agreement& agreement = in_force(*library, row.agreement);
    const Kind& kind = agreement.kinds.at(row.kind);
    const std::string colon = row.language == "zh-CN" ? "：" : ": ";
    for (const Channel channel : long_channels(kind)) {
      const Sample sample(agreement, kind, row.language, channel);
      const Words words = words_of(*library, sample.input);
      std::vector<std::string> says = row.says;
      says.insert(says.end(), kind.also_clauses.begin(), kind.also_clauses.end());
      for (const std::string& always :
           {std::string("Zhang Wei"), std::string("acc-10086"), std::string("REF-7"),
            std::string("https://flashcat.cloud"), agreement.version, agreement.title.at(row.language),
            agreement.provider.at(row.language)}) {
        says.push_back(always);
      }
      for (const auto& [name, type] : kind.variables) {
        if (type == VariableType::string) says.push_back("value of " + name);
        if (type == VariableType::url) says.push_back("https://flashcat.example/" + name);
      }
      for (const std::string& part : says) {
        INFO(row.agreement << " " << row.kind << " " << row.language << " " << to_text(channel) << ": "
                           << part);
        CHECK(has(words.text, part));
        if (channel == Channel::email) CHECK(has(html_as_text(words.html, colon), part));
      }
      CHECK_FALSE(words.subject.empty());
      CHECK_FALSE(has(words.text + words.html + words.subject, "{{"));
    }
  }
}

TEST_CASE("the checklist has a row for every kind and language that is shipped") {
  const auto library = shipped();
  std::size_t rows = 0;
  for (const Agreement& agreement : library->agreements().all()) {
    for (const auto& [name, kind] : agreement.kinds) {
      for (const std::string& language : agreement.languages) {
        ++rows;
        const bool there = std::any_of(checklist.begin(), checklist.end(), [&](const Row& row) {
          return row.agreement == agreement.id && row.kind == name && row.language == language;
        });
        INFO(agreement.id << " " << name << " " << language);
        CHECK(there);
      }
    }
  }
  CHECK(rows == checklist.size());
}

TEST_CASE("every message says from when, whether the request names a date or not") {
  const auto library = shipped();
  for (const Row& row : checklist) {
    const Agreement& agreement = in_force(*library, row.agreement);
    const Kind& kind = agreement.kinds.at(row.kind);
    const std::string& on_sending = agreement.effective_on_sending.at(row.language);
    const std::string date = row.language == "zh-CN" ? "2026年3月31日（北京时间）" : "31 March 2026 (Beijing";
    for (const Channel channel : long_channels(kind)) {
      Sample sample(agreement, kind, row.language, channel);
      const Words dated = words_of(*library, sample.input);
      INFO(row.agreement << " " << row.kind << " " << row.language << " " << to_text(channel));
      CHECK(has(dated.text, date));
      CHECK_FALSE(has(dated.text + dated.html, on_sending));
      sample.input.effective_date.reset();
      if (kind.needs_effective_date) {
        const auto refused = library->render(sample.input);
        REQUIRE_FALSE(refused.ok());
        CHECK(refused.error().code == RejectionCode::effective_date_missing);
        CHECK(refused.error().pointer == "/effective_date");
        continue;
      }
      const Words words = words_of(*library, sample.input);
      CHECK(has(words.text, on_sending));
      if (channel == Channel::email) CHECK(has(words.html, on_sending));
      CHECK_FALSE(has(words.text + words.html, date));
    }
  }
}

TEST_CASE("what can only come later has a date, and what can begin with its notice need not") {
  const auto library = shipped();
  std::set<std::string> dated;
  for (const Agreement& agreement : library->agreements().all()) {
    for (const auto& [name, kind] : agreement.kinds) {
      if (kind.needs_effective_date) dated.insert(name);
    }
  }
  CHECK(dated == std::set<std::string>{"arrears", "data_deletion", "dormant_account_closure", "fee_change",
                                       "free_service_charge", "renewal_reminder", "service_change",
                                       "service_termination"});
}

TEST_CASE("every word of a choice has its own words in every message") {
  const auto library = shipped();
  std::set<std::string> choices;
  for (const Agreement& agreement : library->agreements().all()) {
    for (const auto& [name, kind] : agreement.kinds) {
      for (const auto& [variable, choice] : kind.choices) {
        choices.insert(name + "." + variable);
        std::set<std::string> texts;
        for (const auto& [word, by_language] : choice) {
          for (const std::string& language : agreement.languages) {
            for (const Channel channel : all_channels(kind)) {
              Sample sample(agreement, kind, language, channel);
              sample.variables[variable] = word;
              const Words words = words_of(*library, sample.input);
              INFO(name << " " << variable << " " << word << " " << language << ": " << words.text);
              CHECK(has(words.text, by_language.at(language)));
              texts.insert(words.text);
            }
          }
        }
        CHECK(texts.size() == choice.size() * agreement.languages.size() * all_channels(kind).size());
      }
    }
  }
  CHECK(choices == std::set<std::string>{"appeal_outcome.outcome", "data_deletion.reason",
                                         "function_restriction.duration", "service_change.action"});
}

TEST_CASE("without a reference nothing of its section is left") {
  const auto library = shipped();
  for (const Row& row : checklist) {
    const Agreement& agreement = in_force(*library, row.agreement);
    const Kind& kind = agreement.kinds.at(row.kind);
    for (const Channel channel : long_channels(kind)) {
      Sample sample(agreement, kind, row.language, channel);
      sample.input.reference.reset();
      const Words words = words_of(*library, sample.input);
      for (const char* gone : {"REF-7", "编号", "Reference"}) {
        INFO(row.kind << " " << row.language << ": " << gone);
        CHECK_FALSE(has(words.text + words.html, gone));
      }
      CHECK_FALSE(has(words.text, "\n\n\n"));
    }
  }
}

TEST_CASE("a mail is self-contained and names its language, an in-site message has no HTML") {
  const auto library = shipped();
  for (const Row& row : checklist) {
    const Agreement& agreement = in_force(*library, row.agreement);
    const Kind& kind = agreement.kinds.at(row.kind);
    const Sample mail(agreement, kind, row.language, Channel::email);
    const std::string html = words_of(*library, mail.input).html;
    CHECK(has(html, "<html lang=\"" + row.language + "\">"));
    for (const char* outside : {"src=", "url(", "<link", "@import", "<style", "<form"})
      CHECK_FALSE(has(html, outside));
    const Sample in_site(agreement, kind, row.language, Channel::in_site);
    CHECK(words_of(*library, in_site.input).html.empty());
  }
}

TEST_CASE("only a mail claims the agreement's date of sending, and a copy says that it is one") {
  const auto library = shipped();
  for (const Row& row : checklist) {
    const Agreement& agreement = in_force(*library, row.agreement);
    const Kind& kind = agreement.kinds.at(row.kind);
    const bool chinese = row.language == "zh-CN";
    const std::string claim = chinese ? "发送之日视为送达" : "deemed delivered on the day we send it";
    const Sample mail(agreement, kind, row.language, Channel::email);
    CHECK(has(words_of(*library, mail.input).text, claim));
    const std::string clause = chinese ? "根据协议第 " + agreement.notice_clause + " 条"
                                       : "Under clause " + agreement.notice_clause + " of the agreement";
    CHECK(has(words_of(*library, mail.input).text, clause));
    CHECK(has(words_of(*library, mail.input).html, clause));
    const Sample in_site(agreement, kind, row.language, Channel::in_site);
    const std::string text = words_of(*library, in_site.input).text;
    CHECK_FALSE(has(text, claim));
    CHECK(has(text, chinese ? "供您参考" : "for your information") == is_copy(kind, Channel::in_site));
  }
}

TEST_CASE("the two agreements encode their clauses") {
  const auto library = shipped();
  CHECK(library->agreements().all().size() == 2);
  const Agreement& user = in_force(*library, user_agreement);
  const Agreement& product = in_force(*library, product_agreement);
  CHECK(user.languages == std::vector<std::string>{"zh-CN", "en"});
  CHECK(product.languages == std::vector<std::string>{"en", "zh-CN"});
  CHECK(user.time_zone.name() == "Asia/Shanghai");
  CHECK(user.notice_clause == "12.1");
  CHECK(product.notice_clause == "11.1");
  CHECK(user.deemed.at(Channel::email).rule == DeemedRule::agreement_date_of_sending);
  CHECK(user.deemed.at(Channel::in_site).rule == DeemedRule::entry_into_system);
  CHECK(user.deemed.at(Channel::in_site).clause == "PRC Civil Code art. 137");

  const Kind& terms = user.kinds.at("terms_change");
  CHECK(terms.channels == std::vector{Channel::email});
  CHECK(terms.copies == std::vector{Channel::in_site, Channel::sms});
  CHECK_FALSE(terms.appeal);
  CHECK(user.kinds.at("fund_freeze").appeal);
  CHECK(user.kinds.at("fund_freeze").later_channels == std::vector<std::string>{"phone"});
  CHECK(user.kinds.at("service_restriction").clause == "3.8.1");
  CHECK(user.kinds.at("function_restriction").clause == "2.3.2");
  CHECK_FALSE(user.kinds.at("function_restriction").appeal);
  CHECK(user.kinds.at("function_restriction").channels == user.kinds.at("service_restriction").channels);

  const Kind& termination = product.kinds.at("service_termination");
  CHECK(termination.lead_days == 30);
  CHECK(termination.late == LatePolicy::hold);
  CHECK(termination.channels == std::vector{Channel::email, Channel::in_site});
  CHECK(product.kinds.at("terms_change").clause == "General Terms 1.2");

  using Clauses = std::vector<std::string>;
  CHECK(user.kinds.at("arrears").also_clauses == Clauses{"3.6"});
  CHECK(user.kinds.at("account_termination").also_clauses == Clauses{"4.4", "4.4.1"});
  CHECK(user.kinds.at("appeal_outcome").also_clauses == Clauses{"3.8.3", "5.4"});
  CHECK(product.kinds.at("data_deletion").also_clauses == Clauses{"6.5"});
  CHECK(product.kinds.at("breach_termination").also_clauses == Clauses{"10.1"});
}
