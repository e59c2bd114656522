#include "gateway/base/utf8.hpp"
#include "tests/unit/templates/rendering.hpp"
#include "tests/unit/templates/shipped_sms_checklist.hpp"

using namespace duenotice;
using namespace duenotice::templates;

namespace {

/// What a concatenated SMS in UCS-2 holds in each of its parts.
constexpr std::size_t units_a_part = 67;

std::size_t ucs2_parts(std::string_view text) {
  std::size_t units = 0;
  for (const char32_t c : code_points(text)) units += c > 0xffff ? 2 : 1;
  return (units + units_a_part - 1) / units_a_part;
}

std::string sms_of(const Library& library, const Row& row) {
  const Agreement& agreement = in_force(library, row.agreement);
  const Sample sample(agreement, agreement.kinds.at(row.kind), row.language, Channel::sms);
  return words_of(library, sample.input).text;
}

/// The kinds whose clause names channels and SMS not among them; every other clause names SMS, or leaves it
/// to the general clause, which does.
bool clause_leaves_sms_out(const Row& row) {
  return row.kind == "terms_change" || row.kind == "service_termination";
}

}  // namespace

TEST_CASE("every SMS says what its clause demands") {
  const auto library = shipped();
  for (const Row& row : sms_checklist) {
    const Agreement& agreement = in_force(*library, row.agreement);
    const Kind& kind = agreement.kinds.at(row.kind);
    const std::string text = sms_of(*library, row);
    std::vector<std::string> says = row.says;
    for (const std::string& always : {std::string("acc-10086"), std::string("REF-7"),
                                      agreement.contact.at(row.language), agreement.title.at(row.language)}) {
      says.push_back(always);
    }
    for (const auto& [name, type] : kind.variables) {
      if (type == VariableType::string) says.push_back("value of " + name);
      if (type == VariableType::url) says.push_back("https://flashcat.example/" + name + "?a=1&b=2 ");
    }
    for (const std::string& part : says) {
      INFO(row.agreement << " " << row.kind << " " << row.language << ": " << part << "\n" << text);
      CHECK(has(text, part));
    }
  }
}

TEST_CASE("the SMS checklist has a row for every kind and language that is shipped") {
  const auto library = shipped();
  std::size_t rows = 0;
  for (const Agreement& agreement : library->agreements().all()) {
    for (const auto& [name, kind] : agreement.kinds) {
      for (const std::string& language : agreement.languages) {
        ++rows;
        INFO(agreement.id << " " << name << " " << language);
        CHECK(std::any_of(sms_checklist.begin(), sms_checklist.end(), [&](const Row& row) {
          return row.agreement == agreement.id && row.kind == name && row.language == language;
        }));
      }
    }
  }
  CHECK(rows == sms_checklist.size());
}

TEST_CASE("an SMS counts where its clause lets it, and is a copy that says so where it does not") {
  const auto library = shipped();
  for (const Row& row : sms_checklist) {
    const Agreement& agreement = in_force(*library, row.agreement);
    const Kind& kind = agreement.kinds.at(row.kind);
    const auto& counting = kind.channels;
    INFO(row.agreement << " " << row.kind);
    CHECK(is_copy(kind, Channel::sms) == clause_leaves_sms_out(row));
    CHECK(std::count(counting.begin(), counting.end(), Channel::sms) == (clause_leaves_sms_out(row) ? 0 : 1));
    // One confirmed sending is enough: where nobody has a phone number, or no SMS can be sent, email alone is
    // right.
    CHECK(kind.required == Required{Required::Rule::any, 1});
    CHECK(kind.strategy == Strategy::all_at_once);
    CHECK(agreement.deemed.at(Channel::sms).rule == DeemedRule::agreement_date_of_sending);
    CHECK(agreement.deemed.at(Channel::sms).clause == agreement.notice_clause);
    CHECK(has(sms_of(*library, row), row.language == "zh-CN" ? "供您参考" : "for your information") ==
          clause_leaves_sms_out(row));
  }
}

TEST_CASE("an SMS is one line, signed once, and short enough to be sent") {
  const auto library = shipped();
  for (const Row& row : sms_checklist) {
    const std::string text = sms_of(*library, row);
    const std::string signature = row.language == "zh-CN" ? "【快猫星云】" : "【Flashcat】";
    INFO(row.agreement << " " << row.kind << " " << row.language << ": " << text);
    CHECK(text.starts_with(signature));
    CHECK_FALSE(has(text.substr(signature.size()), "【"));
    CHECK(text.find_first_of("\r\n\t") == std::string::npos);
    CHECK_FALSE(has(text, "  "));
    CHECK_FALSE(text.ends_with(' '));
    CHECK(ucs2_parts(text) <= (row.language == "zh-CN" ? 6 : 10));
  }
}

TEST_CASE("an SMS without a reference leaves nothing of its section, and without a date it says from when") {
  const auto library = shipped();
  for (const Row& row : sms_checklist) {
    const Agreement& agreement = in_force(*library, row.agreement);
    const Kind& kind = agreement.kinds.at(row.kind);
    Sample sample(agreement, kind, row.language, Channel::sms);
    sample.input.reference.reset();
    if (!kind.needs_effective_date) sample.input.effective_date.reset();
    const std::string text = words_of(*library, sample.input).text;
    INFO(text);
    CHECK(has(text, agreement.effective_on_sending.at(row.language)) == !kind.needs_effective_date);
    CHECK((has(text, "2026年3月31日") || has(text, "31 March")) == kind.needs_effective_date);
    for (const char* gone : {"编号", "Ref.", "  "}) CHECK_FALSE(has(text, gone));
    CHECK_FALSE(text.ends_with(' '));
  }
}

TEST_CASE("line breaks in a value become spaces in an SMS, and in an email they stay") {
  const auto library = shipped();
  const Agreement& agreement = in_force(*library, user_agreement);
  Sample sample(agreement, agreement.kinds.at("fund_freeze"), "en", Channel::sms);
  sample.variables["reason"] = "one\ntwo";
  CHECK(has(words_of(*library, sample.input).text, "Reason: \"one two\"."));
  sample.input.channel = Channel::email;
  CHECK(has(words_of(*library, sample.input).text, "Reason: one\ntwo\n"));
}
