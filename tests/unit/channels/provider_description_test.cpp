#include "channels/sms/provider_description.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "gateway/base/url.hpp"

using namespace duenotice;
using namespace duenotice::channels;
using Catch::Contains;

namespace {

const ProviderValues values{.to = "+8613800138000",
                            .to_digits = "8613800138000",
                            .text = "a\"}&to=+1\r\nX: y{secret}好",
                            .id = "N.1",
                            .sender = "1069",
                            .username = "user",
                            .secret = "s3"};

std::string example() {
  std::ifstream file(SOURCE_DIR "/channels/sms/example-provider.toml");
  std::stringstream out;
  out << file.rdbuf();
  return out.str();
}

ProviderDescription read(const std::string& toml) {
  auto description = read_provider_description("p.toml", toml);
  if (!description) FAIL(description.error().front().line << ": " << description.error().front().message);
  return std::move(*description);
}

const std::string answer_part =
    "[answer]\nmessage_id = { header = \"X-Id\" }\n[[reply]]\nstatus = \"2xx\"\nmeans = \"accepted\"\n";

/// The only mistake of this text, with its line.
std::string mistake(const std::string& toml) {
  const auto description = read_provider_description("p.toml", toml);
  REQUIRE_FALSE(description.ok());
  CHECK(description.error().size() == 1);
  return std::to_string(description.error().front().line) + ": " + description.error().front().message;
}

std::string outcome_of(int status, const std::string& body, const ProviderDescription& provider) {
  const OutcomeReport report = provider_report_of(
      provider, {.end = HttpEnd::answered, .handed_out = true, .status = status, .body = body});
  return std::string(to_text(report.outcome)) + " " + report.code +
         (report.provider_id.empty() ? "" : " " + report.provider_id) +
         (report.provider_fault ? " provider_fault" : "");
}

}  // namespace

TEST_CASE("the example asks as it says") {
  const HttpRequest request = provider_request(read(example()), values);
  CHECK(request.method == "POST");
  CHECK(request.url == "https://sms.acme.example/v2/messages");
  CHECK(request.headers == std::vector<std::string>{"Authorization: Bearer s3", "Idempotency-Key: N.1",
                                                    "Content-Type: application/json"});
  const auto body = parse_json(request.body);
  REQUIRE(body.ok());
  CHECK(body->as_object()->size() == 4);
  CHECK(*body->find("text")->as_string() == values.text);
  CHECK(*body->find("to")->as_array()->front().as_string() == values.to);
}

TEST_CASE("the example takes answers as it says") {
  const ProviderDescription provider = read(example());
  CHECK(outcome_of(200, R"({"code":"OK","messages":[{"id":"m-1"}]})", provider) == "sent OK m-1");
  CHECK(outcome_of(200, R"({"code":"OK","messages":[{"id":77}]})", provider) == "sent OK 77");
  CHECK(outcome_of(200, R"({"code":"OK","messages":[]})", provider) == "unknown accepted_without_id");
  CHECK(outcome_of(200, R"({"code":"INVALID_NUMBER"})", provider) == "permanent_failure INVALID_NUMBER");
  CHECK(outcome_of(200, R"({"code":"LIMIT_DAY"})", provider) == "transient_failure LIMIT_DAY");
  CHECK(outcome_of(200, R"({"code":"8613800138000"})", provider) == "unknown 200");
  CHECK(outcome_of(200, "garbage", provider) == "unknown 200");
  CHECK(outcome_of(429, "", provider) == "transient_failure 429 provider_fault");
  CHECK(outcome_of(401, "", provider) == "transient_failure 401 provider_fault");
  CHECK(outcome_of(400, "", provider) == "permanent_failure 400");
  CHECK(outcome_of(500, "", provider) == "unknown 500");
}

TEST_CASE("no text can become another parameter") {
  const std::string start =
      "name = \"P\"\n[request]\nmethod = \"POST\"\nurl = \"https://p.example/a/{id}\"\n";
  const ProviderDescription form =
      read(start + "[request.form]\nto = \"{to_digits}\"\ntext = \"<{text}>\"\n" + answer_part);
  const HttpRequest request = provider_request(form, values);
  CHECK(request.url == "https://p.example/a/N.1");
  const auto fields = parse_query(request.body);
  REQUIRE(fields.has_value());
  CHECK(*fields == Query{{"text", "<" + values.text + ">"}, {"to", "8613800138000"}});
  const ProviderDescription query = read(
      "name = \"P\"\n[request]\nmethod = \"GET\"\nurl = \"https://p.example/a\"\n"
      "[request.query]\nto = \"{to}\"\ntext = \"{text}\"\n" +
      answer_part);
  const std::string url = provider_request(query, values).url;
  CHECK(parse_query(url.substr(url.find('?') + 1))->size() == 2);
}

TEST_CASE("a mistake has its line and says what to write") {
  const std::string start = "name = \"P\"\n[request]\nmethod = \"POST\"\nurl = \"https://p.example/a\"\n";
  const std::string form = "[request.form]\nto = \"{to}\"\ntext = \"{text}\"\n";
  CHECK_THAT(mistake("name = "), Contains("1: not TOML"));
  CHECK_THAT(
      mistake(start + "[request.form]\nto = \"{to}\"\ntext = \"{text}\"\nx = \"{txt}\"\n" + answer_part),
      Contains("8: '{txt}' is no place"));
  CHECK_THAT(mistake(start + "[request.form]\nto = \"{to}\"\n" + answer_part),
             Contains("no place in [request] has {text}"));
  CHECK_THAT(mistake(start + form + "[request.headers]\nX-Text = \"{text}\"\n" + answer_part),
             Contains("9: {text} must not stand in a header"));
  CHECK_THAT(mistake("name = \"P\"\n[request]\nmethod = \"POST\"\nurl = \"http://p.example/a\"\n" + form +
                     answer_part),
             Contains("4: ") && Contains("must start with https://"));
  CHECK_THAT(mistake("name = \"P\"\n[request]\nmethod = \"POST\"\nurl = \"https://{to}.example/a\"\n" + form +
                     answer_part),
             Contains("must not have a place in its host"));
  CHECK_THAT(mistake(start + form +
                     "[answer]\nmessage_id = { json = \"id\" }\n[[reply]]\nstatus = 200\n"
                     "means = \"accepted\"\n"),
             Contains("9: ") && Contains("JSON pointer"));
  CHECK_THAT(mistake(start + form + answer_part + "[[reply]]\nmeans = \"transient\"\n"),
             Contains("would match everything"));
  CHECK_THAT(mistake(start + form + answer_part + "[[reply]]\nstatus = 500\nmeans = \"accepted\"\n"),
             Contains("from 200 to 299"));
  CHECK_THAT(mistake(start + form + answer_part + "[[reply]]\nstatus = 500\nmeans = \"lost\"\n"),
             Contains("must be \"accepted\", \"transient\" or \"permanent\""));
  CHECK_THAT(mistake(start + form + answer_part + "[[reply]]\nstatus = 99\nmeans = \"transient\"\n"),
             Contains("from 200 to 599"));
  CHECK_THAT(mistake("extra = 1\n" + start + form + answer_part), Contains("1: unknown key 'extra'"));
}
