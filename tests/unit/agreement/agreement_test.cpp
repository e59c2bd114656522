#include <catch2/catch.hpp>

#include "gateway/agreement/agreement.hpp"

using namespace duenotice;

namespace {

Agreement made(const std::string& id, const std::string& version, std::string_view from,
               const std::string& zone) {
  Agreement agreement;
  agreement.id = id;
  agreement.version = version;
  agreement.in_force_from = *parse_date(from);
  agreement.time_zone = *TimeZone::load(zone);
  agreement.languages = {"zh-CN", "en"};
  return agreement;
}

AgreementSet three_versions() {
  return AgreementSet(
      {made("terms", "c", "2026-07-01", "Asia/Shanghai"), made("other", "a", "2020-01-01", "UTC"),
       made("terms", "a", "2022-10-10", "Asia/Shanghai"), made("terms", "b", "2026-04-01", "Asia/Shanghai")});
}

std::string in_force(const AgreementSet& set, const char* id, const char* instant) {
  const Agreement* found = set.in_force(id, *parse_instant(instant));
  return found != nullptr ? found->version : "none";
}

}  // namespace

TEST_CASE("a version comes into force at midnight of its own zone") {
  const AgreementSet set = three_versions();
  CHECK(in_force(set, "terms", "2026-03-31T23:59:59.999+08:00") == "a");
  CHECK(in_force(set, "terms", "2026-04-01T00:00:00.000+08:00") == "b");
  CHECK(in_force(set, "terms", "2026-03-31T15:59:59.999Z") == "a");
  CHECK(in_force(set, "terms", "2026-03-31T16:00:00.000Z") == "b");
  CHECK(in_force(set, "terms", "2026-06-30T23:59:59.999+08:00") == "b");
  CHECK(in_force(set, "terms", "2030-01-01T00:00:00Z") == "c");
}

TEST_CASE("before its first version an agreement is not in force") {
  const AgreementSet set = three_versions();
  CHECK(in_force(set, "terms", "2022-10-09T23:59:59.999+08:00") == "none");
  CHECK(in_force(set, "terms", "2022-10-10T00:00:00.000+08:00") == "a");
  CHECK(in_force(set, "nothing", "2026-01-01T00:00:00Z") == "none");
  CHECK(in_force(AgreementSet(), "terms", "2026-01-01T00:00:00Z") == "none");
}

TEST_CASE("each version's own zone decides about its first day") {
  const AgreementSet set({made("moved", "old", "2020-01-01", "America/New_York"),
                          made("moved", "new", "2026-04-01", "America/New_York")});
  CHECK(in_force(set, "moved", "2026-04-01T03:59:59.999Z") == "old");
  CHECK(in_force(set, "moved", "2026-04-01T04:00:00.000Z") == "new");
}

TEST_CASE("a named version is found whether in force or not") {
  const AgreementSet set = three_versions();
  REQUIRE(set.version("terms", "c") != nullptr);
  CHECK(to_text(set.version("terms", "c")->in_force_from) == "2026-07-01");
  CHECK(set.version("terms", "d") == nullptr);
  CHECK(set.version("other", "c") == nullptr);
  CHECK(set.knows("other"));
  CHECK_FALSE(set.knows("Terms"));
  REQUIRE(set.all().size() == 4);
  CHECK(set.all()[0].id == "other");
  CHECK(set.all()[1].version == "a");
  CHECK(set.all()[3].version == "c");
}

TEST_CASE("the language for a recipient") {
  Agreement agreement = made("terms", "a", "2022-10-10", "Asia/Shanghai");
  CHECK(agreement.language_for("") == "zh-CN");
  CHECK(agreement.language_for("en") == "en");
  CHECK(agreement.language_for("zh-CN") == "zh-CN");
  CHECK(agreement.language_for("en-GB") == "en");
  CHECK(agreement.language_for("en-Latn-GB") == "en");
  CHECK_FALSE(agreement.language_for("fr"));
  CHECK_FALSE(agreement.language_for("zh"));
  CHECK_FALSE(agreement.language_for("zh-TW"));
  CHECK_FALSE(agreement.language_for("-"));
  agreement.languages.clear();
  CHECK_FALSE(agreement.language_for(""));
}

TEST_CASE("the words of agreement files are read back") {
  for (const char* word : {"agreement-date-of-sending", "entry-into-system"}) {
    CHECK(to_text(parse_deemed_rule(word).value()) == word);
  }
  for (const char* word : {"string", "date", "money", "url", "integer"}) {
    CHECK(to_text(parse_variable_type(word).value()) == word);
  }
  CHECK_FALSE(parse_deemed_rule("date-of-sending"));
  CHECK_FALSE(parse_variable_type("number"));
}
