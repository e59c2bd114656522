#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <vector>

#include "templates/renderer.hpp"

/// Every folder under broken/ has one slip, a few have one with several places. Each is named exactly: the
/// file, the line and the words that an author reads.

using namespace duenotice::templates;

namespace {

namespace fs = std::filesystem;

const fs::path broken = fs::path(SOURCE_DIR) / "tests/unit/templates/broken";

struct Expected {
  std::string fixture;
  std::string file;  ///< inside of sample/2024-01-01/, or inside of the fixture when there is no such file
  int line = 0;
  std::string message;
};

const std::vector<Expected> table{
    {"also_clauses", "agreement.toml", 18,
     "'also_clauses' in [kind.plain] names '2.1', which demands the notice already"},
    {"also_clauses", "agreement.toml", 18,
     "'also_clauses' in [kind.plain] must name each clause in a text of its own, without a comma"},
    {"bad_kind_name", "agreement.toml", 16,
     "'Plain-Kind' in [kind] must be a lower-case letter, then lower-case letters, digits and '_'"},
    {"bad_language", "agreement.toml", 5,
     "'languages' names 'zh_CN', which is no language such as zh-CN or en"},
    {"bad_variable_name", "agreement.toml", 22,
     "'Page' in [kind.plain.variables] must be a lower-case letter, then lower-case letters, digits and "
     "'_'"},
    {"bare_less_than", "plain.email.en.txt", 7, "'<' in text must be written &lt;"},
    {"blank_value", "agreement.toml", 8, "'en' in [provider] must not be blank"},
    {"built_in_redeclared", "agreement.toml", 22,
     "'account_id' in [kind.plain.variables] is filled by duenotice itself; choose another name"},
    {"channel_twice", "agreement.toml", 18, "'channels' in [kind.plain] names 'email' twice"},
    {"channel_without_text", "agreement.toml", 22,
     "the channel 'in_site' of the kind 'plain' counts, but it has no text in any language"},
    {"choice_of_no_choice", "agreement.toml", 23, "unknown key 'summary' in [kind.plain.choices]"},
    {"choice_untranslated", "agreement.toml", 25,
     "unknown key 'fr' in 'upheld' of [kind.plain.choices.outcome]"},
    {"choice_untranslated", "agreement.toml", 26,
     "the key 'en' is missing in 'rejected' of [kind.plain.choices.outcome]"},
    {"choice_without_words", "agreement.toml", 20, "the key 'outcome' is missing in [kind.plain.choices]"},
    {"copy_counts_already", "agreement.toml", 19,
     "'copies' in [kind.plain] names 'email', which counts already"},
    {"counts_without_rule", "agreement.toml", 18,
     "'channels' in [kind.plain] counts 'in_site', but there is no [deemed.in_site] that says when"},
    {"crossed_sections", "plain.email.en.txt", 5,
     "{{/effective_date}} closes a section that is not open here"},
    {"date_against_nothing", "agreement.toml", 25,
     "'before' in 'until' of [kind.plain.dates] names 'summary'; use sending, effective_date or another "
     "variable of type date"},
    {"date_never_said", "plain.email.en.txt", 7, "the part 'html' never says {{effective_date}}"},
    {"date_of_no_date", "agreement.toml", 25,
     "'summary' in [kind.plain.dates] is neither effective_date nor a variable of type date"},
    {"date_unknown_bound", "agreement.toml", 25, "unknown key 'after' in 'until' of [kind.plain.dates]"},
    {"empty", ".", 0, "holds no agreement"},
    {"empty_part", "plain.email.en.txt", 1, "the part 'subject' is empty"},
    {"forbidden_modifier", "plain.email.en.txt", 4,
     "{{summary:none}}: template modifiers are not allowed; write {{summary}}"},
    {"html_comment", "plain.email.en.txt", 7, "HTML comments are not allowed in a message"},
    {"impossible_date", "agreement.toml", 3,
     "is not TOML: Error while parsing date: expected day between 1 and 29 (inclusive), saw 30"},
    {"in_order_needs_all", "agreement.toml", 24,
     "'strategy' in [kind.plain] can only be \"in_order\" when one channel is enough"},
    {"include", "plain.email.en.txt", 2,
     "{{>header}} is neither a variable nor a section; nothing else is allowed"},
    {"language_not_listed", "agreement.toml", 9, "unknown key 'fr' in [user]"},
    {"long_clause", "agreement.toml", 17,
     "'clause' in [kind.plain] is longer than 100 bytes; every event of the record names it"},
    {"late_without_lead_time", "agreement.toml", 19,
     "'late' in [kind.plain] has no meaning without 'lead_days'"},
    {"later_channel_counts", "agreement.toml", 18,
     "'channels' in [kind.plain] names 'letter', which is no channel; use email, in_site or sms, or name it "
     "under 'later_channels'"},
    {"link_partly_variable", "plain.email.en.txt", 8,
     "{{page}} stands inside the HTML tag that starts on line 8; there only href=\"{{name}}\" with a url "
     "is possible"},
    {"many", "agreement.toml", 4, "'Asia/Peking' is not an IANA time zone; use a name such as Asia/Shanghai"},
    {"many", "agreement.toml", 22, "unknown key 'lead_day' in [kind.plain]"},
    {"many", "second.email.en.txt", 4, "{{message}} is not declared under [kind.second.variables]"},
    {"many", "second.email.en.txt", 7, "{{message}} is not declared under [kind.second.variables]"},
    {"missing_key", "agreement.toml", 1, "the key 'notice_clause' is missing"},
    {"missing_part", "plain.email.en.txt", 5, "the part 'html' is missing"},
    {"missing_text", "agreement.toml", 18, "the text plain.email.en.txt of the kind 'plain' is missing"},
    {"no_agreement_file", "agreement.toml", 0, "is missing"},
    {"no_channel", "agreement.toml", 18, "'channels' in [kind.plain] must not be empty"},
    {"no_kind", "agreement.toml", 1, "the key 'kind' is missing"},
    {"no_version", "sample", 0, "holds no version of an agreement"},
    {"not_toml", "agreement.toml", 16,
     "is not TOML: Error while parsing table header: expected ']', saw '\\n'"},
    {"not_utf8", "plain.email.en.txt", 2, "is not UTF-8"},
    {"optional_outside_section", "plain.email.en.txt", 4,
     "{{reference}} may be absent; put it between {{#reference}} and {{/reference}}"},
    {"other_file", "plain.email.fr.txt", 1, "belongs to no kind, channel and language of the agreement"},
    {"out_of_range", "agreement.toml", 19, "'lead_days' in [kind.plain] must be from 0 to 3650"},
    {"outside_of_folder", "agreement.toml", 1, "stands outside of a folder <id>/<version>/"},
    {"part_twice", "plain.email.en.txt", 6, "the part 'text' is there twice"},
    {"quoted_date", "agreement.toml", 3,
     "'in_force_from' must be a date without quotes, such as 2022-10-10, not text"},
    {"required_too_many", "agreement.toml", 19,
     "'required' in [kind.plain] must be from 1 to 1, the channels that count"},
    {"required_word", "agreement.toml", 19,
     "'required' in [kind.plain] must be \"any\", \"all\" or a number of channels"},
    {"same_day", "sample/2024-01-01b/agreement.toml", 3,
     "the version '2024-01-01' of 'sample' is in force from the same day, 2024-01-01"},
    {"script", "plain.email.en.txt", 7, "the HTML element 'script' is not allowed in a message"},
    {"section_in_tag", "plain.email.en.txt", 7,
     "{{#reference}} stands inside the HTML tag that starts on line 7; there only href=\"{{name}}\" with "
     "a url is possible"},
    {"section_not_open", "plain.email.en.txt", 5,
     "{{/effective_date}} closes a section that is not open here"},
    {"section_of_variable", "plain.email.en.txt", 4,
     "{{#summary}}: a section is named after what a request may leave out, effective_date or reference"},
    {"signature_in_email", "plain.email.en.txt", 4,
     "{{sms_signature}} stands only at the head of an SMS, as 【{{sms_signature}}】"},
    {"sms_copy_without_signature", "agreement.toml", 23,
     "'copies' in [kind.plain] names 'sms', but there is no [sms_signature] that says from whom it is"},
    {"sms_later", "agreement.toml", 24,
     "'later_channels' in [kind.plain] names 'sms'; use announcement, push, letter or phone"},
    {"sms_not_signed", "plain.sms.en.txt", 2, "an SMS must begin with 【{{sms_signature}}】"},
    {"sms_signature_with_brackets", "agreement.toml", 11,
     "'en' in [sms_signature] must not hold the brackets 【】 themselves"},
    {"sms_signed_twice", "plain.sms.en.txt", 2,
     "{{sms_signature}} stands only at the head of an SMS, as 【{{sms_signature}}】"},
    {"sms_two_lines", "plain.sms.en.txt", 3, "the part 'text' must be one line"},
    {"sms_with_subject", "plain.sms.en.txt", 1, "'subject' is no part of this text; its parts are 'text'"},
    {"sms_without_signature", "agreement.toml", 22,
     "'channels' in [kind.plain] names 'sms', but there is no [sms_signature] that says from whom it is"},
    {"stray_braces", "plain.email.en.txt", 4, "'}}' without a '{{' before it"},
    {"text_before_parts", "plain.email.en.txt", 1,
     "text before the first part; start with a line such as '=== text'"},
    {"two_line_subject", "plain.email.en.txt", 3, "the part 'subject' must be one line"},
    {"unclosed_html_tag", "plain.email.en.txt", 8,
     "{{#effective_date}} stands inside the HTML tag that starts on line 7; there only href=\"{{name}}\" "
     "with a url is possible"},
    {"unclosed_quote", "plain.email.en.txt", 8,
     "{{page}} stands inside the HTML tag that starts on line 8; there only href=\"{{name}}\" with a url "
     "is possible"},
    {"unclosed_section", "plain.email.en.txt", 5, "the section {{#effective_date}} is never closed"},
    {"unclosed_tag", "plain.email.en.txt", 4, "'{{' is not closed by '}}' on the same line"},
    {"undeclared_variable", "plain.email.en.txt", 4,
     "{{amount}} is not declared under [kind.plain.variables]"},
    {"unknown_channel", "agreement.toml", 18,
     "'channels' in [kind.plain] names 'telegram', which is no channel; use email, in_site or sms"},
    {"unknown_deemed_channel", "agreement.toml", 12, "unknown key 'telegram' in [deemed]"},
    {"unknown_key", "agreement.toml", 18, "unknown key 'lead_day' in [kind.plain]"},
    {"unknown_late", "agreement.toml", 20, "'late' in [kind.plain] must be \"hold\" or \"move\""},
    {"unknown_later_channel", "agreement.toml", 19,
     "'later_channels' in [kind.plain] names 'fax'; use announcement, push, letter or phone"},
    {"unknown_part", "plain.email.en.txt", 6,
     "'sms' is no part of this text; its parts are 'subject', 'text', 'html'"},
    {"unknown_rule", "agreement.toml", 13,
     "'rule' in [deemed.email] is 'date-of-sending'; use agreement-date-of-sending or entry-into-system"},
    {"unknown_strategy", "agreement.toml", 19,
     "'strategy' in [kind.plain] must be \"all_at_once\" or \"in_order\""},
    {"unknown_top_key", "agreement.toml", 7, "unknown key 'language'"},
    {"unknown_type", "agreement.toml", 21,
     "'summary' in [kind.plain.variables] is of type 'text'; use string, date, money, url, integer or "
     "choice"},
    {"unknown_zone", "agreement.toml", 4,
     "'Asia/Peking' is not an IANA time zone; use a name such as Asia/Shanghai"},
    {"untranslated", "agreement.toml", 7, "the key 'zh-CN' is missing in [title]"},
    {"untranslated", "agreement.toml", 8, "the key 'zh-CN' is missing in [provider]"},
    {"untranslated", "agreement.toml", 9, "the key 'zh-CN' is missing in [user]"},
    {"untranslated", "agreement.toml", 10, "the key 'zh-CN' is missing in [contact]"},
    {"unused_in_one_part", "plain.email.en.txt", 7, "the part 'html' does not use the variable 'summary'"},
    {"unused_variable", "agreement.toml", 22, "no text of the kind 'plain' uses the variable 'amount'"},
    {"variable_in_tag", "plain.email.en.txt", 7,
     "{{summary}} stands inside the HTML tag that starts on line 7; there only href=\"{{name}}\" with a "
     "url is possible"},
    {"wrong_id", "agreement.toml", 1, "has the id 'simple' and stands in the folder 'sample'"},
    {"wrong_type", "agreement.toml", 19, "'lead_days' in [kind.plain] must be a whole number, not text"},
    {"wrong_version", "agreement.toml", 2,
     "has the version '2024-01-02' and stands in the folder '2024-01-01'"},
};

std::string described(const std::string& file, int line, const std::string& message) {
  return file + ":" + std::to_string(line) + ": " + message;
}

std::string short_name(const fs::path& file, const fs::path& fixture) {
  const std::string name = fs::relative(file, fixture).generic_string();
  const std::string usual = "sample/2024-01-01/";
  return name.starts_with(usual) ? name.substr(usual.size()) : name;
}

}  // namespace

TEST_CASE("each broken agreement folder gives exactly its message, with file and line") {
  std::set<std::string> fixtures;
  for (const auto& entry : fs::directory_iterator(broken)) fixtures.insert(entry.path().filename().string());
  for (const std::string& fixture : fixtures) {
    const Loaded loaded = load_library(broken / fixture);
    std::vector<std::string> found;
    for (const Mistake& mistake : loaded.mistakes) {
      found.push_back(described(short_name(mistake.file, broken / fixture), mistake.line, mistake.message));
    }
    std::vector<std::string> expected;
    for (const Expected& row : table) {
      if (row.fixture == fixture) expected.push_back(described(row.file, row.line, row.message));
    }
    INFO(fixture);
    CHECK_FALSE(expected.empty());
    CHECK(found == expected);
    CHECK(loaded.library == nullptr);
  }
  for (const Expected& row : table) CHECK(fixtures.contains(row.fixture));
}

TEST_CASE("a folder that does not exist is a mistake, not an exception") {
  const Loaded loaded = load_library(broken / "nowhere");
  REQUIRE(loaded.mistakes.size() == 1);
  CHECK(loaded.mistakes.front().message == "is no folder");
  CHECK(loaded.library == nullptr);
}
