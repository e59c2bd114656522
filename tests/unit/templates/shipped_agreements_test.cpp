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

TEST_CASE("without a date and a reference nothing of their sections is left") {
  const auto library = shipped();
  for (const Row& row : checklist) {
    const Agreement& agreement = in_force(*library, row.agreement);
    const Kind& kind = agreement.kinds.at(row.kind);
    if (kind.lead_days) continue;
    for (const Channel channel : long_channels(kind)) {
      Sample sample(agreement, kind, row.language, channel);
      sample.input.effective_date.reset();
      sample.input.reference.reset();
      const Words words = words_of(*library, sample.input);
      for (const char* gone :
           {"2026年3月", "31 March", "REF-7", "编号", "Reference", "生效时间", "起始日", "takes effect"}) {
        INFO(row.kind << " " << row.language << ": " << gone);
        CHECK_FALSE(has(words.text + words.html, gone));
      }
      CHECK_FALSE(has(words.text, "\n\n\n"));
    }
  }
}

TEST_CASE("a mail is self-contained and names its language; an in-site message has no HTML") {
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

  const Kind& termination = product.kinds.at("service_termination");
  CHECK(termination.lead_days == 30);
  CHECK(termination.late == LatePolicy::hold);
  CHECK(termination.channels == std::vector{Channel::email, Channel::in_site});
  CHECK(product.kinds.at("terms_change").clause == "General Terms 1.2");
}
