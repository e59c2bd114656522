#include "templates/variables.hpp"

#include <catch2/catch.hpp>

#include "gateway/base/limits.hpp"

using namespace duenotice;
using namespace duenotice::templates;

namespace {

Json money(Json amount, Json currency) {
  Json value = Json::object();
  value["amount"] = std::move(amount);
  value["currency"] = std::move(currency);
  return value;
}

bool good(VariableType type, const Json& value) { return !value_fault(type, value).has_value(); }

Kind kind_with_three() {
  Kind kind;
  kind.name = "sample";
  kind.variables = {
      {"amount", VariableType::money}, {"reason", VariableType::string}, {"until", VariableType::date}};
  return kind;
}

Json right_values() {
  Json values = Json::object();
  values["amount"] = money("1.00", "CNY");
  values["reason"] = "because";
  values["until"] = "2026-03-31";
  return values;
}

}  // namespace

TEST_CASE("a string says something") {
  CHECK(good(VariableType::string, "text"));
  CHECK(good(VariableType::string, "two\nlines\r\n\tand a tab"));
  CHECK(good(VariableType::string, "原因"));
  for (const char* blank : {"", " ", "\n\t", "\u3000", "\u00a0\u200b"})
    CHECK_FALSE(good(VariableType::string, blank));
  CHECK_FALSE(good(VariableType::string, std::string("a\0b", 3)));
  CHECK_FALSE(good(VariableType::string, "a\x1b[31m"));
  CHECK_FALSE(good(VariableType::string, "a\x7f"));
  CHECK_FALSE(good(VariableType::string, 5));
  CHECK_FALSE(good(VariableType::string, nullptr));
}

TEST_CASE("a date exists") {
  CHECK(good(VariableType::date, "2028-02-29"));
  for (const char* bad : {"2026-02-29", "2026-2-1", "31.03.2026", "2026-03-31T00:00:00Z", ""}) {
    CHECK_FALSE(good(VariableType::date, bad));
  }
  CHECK_FALSE(good(VariableType::date, 20260331));
}

TEST_CASE("money is a string of digits with a currency, never a number") {
  CHECK(good(VariableType::money, money("1234.50", "CNY")));
  CHECK(good(VariableType::money, money("0", "CNY")));
  CHECK(good(VariableType::money, money("0.5", "CNY")));
  CHECK(good(VariableType::money, money("100", "JPY")));
  CHECK(good(VariableType::money, money("1.125", "KWD")));
  for (const char* bad :
       {"", ".5", "5.", "1,234.50", "-1", "+1", "01", "1e3", "1.234", " 1", "1234567890123456", "一"}) {
    INFO(bad);
    CHECK_FALSE(good(VariableType::money, money(bad, "CNY")));
  }
  CHECK_FALSE(good(VariableType::money, money("1.5", "JPY")));
  for (const char* bad : {"", "cny", "CN", "CNYX", "C1Y", "元"}) {
    CHECK_FALSE(good(VariableType::money, money("1", bad)));
  }
  CHECK_FALSE(good(VariableType::money, money(5, "CNY")));
  CHECK_FALSE(good(VariableType::money, money("5", nullptr)));
  CHECK_FALSE(good(VariableType::money, "5 CNY"));
  Json more = money("5", "CNY");
  more["note"] = "x";
  CHECK_FALSE(good(VariableType::money, more));
}

TEST_CASE("a url is an absolute web address without tricks") {
  CHECK(good(VariableType::url, "https://flashcat.cloud"));
  CHECK(good(VariableType::url, "http://[::1]:8080/a%20b?c=d&e='f'#g"));
  for (const char* bad :
       {"", "flashcat.cloud", "//flashcat.cloud", "javascript:alert(1)", "ftp://flashcat.cloud",
        "HTTPS://flashcat.cloud", "https://", "https:///path", "https://:80/", "https://a b", "https://a\nb",
        "https://a\"b", "https://a<b", "https://快猫.cn", "https://flashcat.cloud@evil.example/"}) {
    INFO(bad);
    CHECK_FALSE(good(VariableType::url, bad));
  }
  CHECK(good(VariableType::url, "https://a/" + std::string(limits::url_bytes - 10, 'x')));
  CHECK_FALSE(good(VariableType::url, "https://a/" + std::string(limits::url_bytes - 9, 'x')));
  CHECK_FALSE(good(VariableType::url, 5));
}

TEST_CASE("an integer is whole") {
  CHECK(good(VariableType::integer, std::int64_t{-5}));
  CHECK_FALSE(good(VariableType::integer, Json(Json::Fraction{"1.0"})));
  CHECK_FALSE(good(VariableType::integer, "5"));
  CHECK_FALSE(good(VariableType::integer, true));
}

TEST_CASE("a choice is one of its words, and its reader sees what stands for it") {
  const Choice choice{{"upheld", {{"en", "accepted by us"}}}, {"not_upheld", {{"en", "not accepted by us"}}}};
  CHECK_FALSE(value_fault(VariableType::choice, "upheld", choice));
  for (const Json& bad : {Json("Upheld"), Json("accepted by us"), Json(""), Json(1), Json()}) {
    CHECK(value_fault(VariableType::choice, bad, choice) == "must be one of \"not_upheld\", \"upheld\"");
  }
  Kind kind;
  kind.name = "sample";
  kind.variables = {{"outcome", VariableType::choice}};
  kind.choices = {{"outcome", choice}};
  CHECK(value_in_words(kind, "outcome", "not_upheld", "en", TimeZone::utc()) == "not accepted by us");
  Json values = Json::object();
  values["outcome"] = "yes";
  const auto fault = variables_fault(kind, values);
  REQUIRE(fault);
  CHECK(fault->code == RejectionCode::invalid_value);
  CHECK(fault->pointer == "/variables/outcome");
  CHECK(fault->message == "The variable 'outcome' must be one of \"not_upheld\", \"upheld\".");
  values["outcome"] = 1;
  CHECK(variables_fault(kind, values)->code == RejectionCode::wrong_type);
}

TEST_CASE("missing variables come first, then unknown ones, then wrong types") {
  const Kind kind = kind_with_three();
  CHECK_FALSE(variables_fault(kind, right_values()));

  Json all_wrong = Json::object();
  all_wrong["amount"] = 5;
  all_wrong["a/b~c"] = "x";
  all_wrong["reason"] = "because";
  auto fault = variables_fault(kind, all_wrong);
  REQUIRE(fault);
  CHECK(fault->code == RejectionCode::missing_variable);
  CHECK(fault->pointer == "/variables/until");
  CHECK(fault->message == "The kind 'sample' needs the variable 'until' (date).");

  all_wrong["until"] = "2026-03-31";
  fault = variables_fault(kind, all_wrong);
  REQUIRE(fault);
  CHECK(fault->code == RejectionCode::unknown_variable);
  CHECK(fault->pointer == "/variables/a~1b~0c");

  Json one_wrong = right_values();
  one_wrong["amount"] = 5;
  fault = variables_fault(kind, one_wrong);
  REQUIRE(fault);
  CHECK(fault->code == RejectionCode::wrong_type);
  CHECK(fault->pointer == "/variables/amount");
  CHECK(fault->message ==
        "The variable 'amount' must be an object such as {\"amount\": \"1234.50\", \"currency\": \"CNY\"}.");

  Json blank = right_values();
  blank["reason"] = " \n";
  fault = variables_fault(kind, blank);
  REQUIRE(fault);
  CHECK(fault->code == RejectionCode::invalid_value);
  CHECK(fault->pointer == "/variables/reason");
  CHECK(fault->message == "The variable 'reason' must not be blank.");
  blank["reason"] = 5;
  CHECK(variables_fault(kind, blank)->code == RejectionCode::wrong_type);

  fault = variables_fault(kind, Json("no object"));
  REQUIRE(fault);
  CHECK(fault->code == RejectionCode::wrong_type);
  CHECK(fault->pointer == "/variables");
}

TEST_CASE("a rejection quotes nothing of the value") {
  const Kind kind = kind_with_three();
  Json values = right_values();
  values["until"] = "secret-4711";
  const auto fault = variables_fault(kind, values);
  REQUIRE(fault);
  CHECK(fault->message.find("4711") == std::string::npos);
}
