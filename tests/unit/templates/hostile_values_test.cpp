#include <atomic>
#include <thread>

#include "tests/unit/templates/rendering.hpp"

using namespace duenotice;
using namespace duenotice::templates;

namespace {

const std::string markup =
    "<script>alert('x')</script>\"&\n{{reason}} {{#effective_date}} {{>x}} {{%y}} 100% }}";
const std::string escaped =
    "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;\n{{reason}} "
    "{{#effective_date}} {{&gt;x}} {{%y}} 100% }}";

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size()))
    ++found;
  return found;
}

}  // namespace

TEST_CASE("markup in any string is escaped in HTML and stands as it is in text") {
  const auto library = shipped();
  for (const Agreement& agreement : library->agreements().all()) {
    for (const auto& [name, kind] : agreement.kinds) {
      for (const auto& [variable, type] : kind.variables) {
        if (type != VariableType::string) continue;
        INFO(agreement.id << " " << name << " " << variable);
        Sample sample(agreement, kind, "en", Channel::email);
        const Words plain = words_of(*library, sample.input);
        sample.variables[variable] = markup;
        const Words hostile = words_of(*library, sample.input);
        CHECK(has(hostile.text, markup));
        CHECK(has(hostile.html, escaped));
        CHECK_FALSE(has(hostile.html, "<script"));
        CHECK(count(hostile.html, "<") == count(plain.html, "<"));
        CHECK(hostile.subject.find('\n') == std::string::npos);
      }
    }
  }
}

TEST_CASE("markup in the recipient's name, the account and the reference is escaped too") {
  const auto library = shipped();
  const Agreement& agreement = *library->agreements().version("flashduty-user-agreement", "2022-10-10");
  Sample sample(agreement, agreement.kinds.at("fund_freeze"), "zh-CN", Channel::email);
  const Words plain = words_of(*library, sample.input);
  sample.input.recipient_name = markup;
  sample.input.account_id = markup;
  sample.input.reference = markup;
  const Words hostile = words_of(*library, sample.input);
  CHECK(count(hostile.html, escaped) >= 3);
  CHECK(count(hostile.html, "<") == count(plain.html, "<"));
  CHECK(count(hostile.text, markup) >= 3);
}

TEST_CASE("quotes in an address cannot leave the link") {
  const auto library = shipped();
  const Agreement& agreement = *library->agreements().version("flashduty-user-agreement", "2022-10-10");
  Sample sample(agreement, agreement.kinds.at("terms_change"), "en", Channel::email);
  sample.variables["url"] = "https://a.example/?x='onclick='&y=1";
  const Words words = words_of(*library, sample.input);
  CHECK(has(words.html, "href=\"https://a.example/?x=&#39;onclick=&#39;&amp;y=1\""));
  CHECK(has(words.text, "https://a.example/?x='onclick='&y=1"));
}

TEST_CASE("a headline stays one line") {
  const auto library = shipped();
  const Agreement& agreement = *library->agreements().version("flashduty-user-agreement", "2022-10-10");
  Sample sample(agreement, agreement.kinds.at("terms_change"), "en", Channel::email);
  sample.variables["agreement_name"] = "the Agreement\r\nBcc: everybody@example.com";
  CHECK(words_of(*library, sample.input).subject == "Changes to the Agreement  Bcc: everybody@example.com");
}

TEST_CASE("many threads render the same words at once") {
  const auto library = shipped();
  const Agreement& agreement = *library->agreements().version("flashduty-user-agreement", "2022-10-10");
  const Kind& kind = agreement.kinds.at("fund_freeze");
  const Sample reference(agreement, kind, "zh-CN", Channel::email);
  const Words expected = words_of(*library, reference.input);
  std::atomic<int> different = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      const std::string name = "reader " + std::to_string(i);
      for (int round = 0; round < 200; ++round) {
        Sample sample(agreement, kind, "zh-CN", Channel::email);
        const auto same = library->render(sample.input);
        sample.input.recipient_name = name;
        const auto own = library->render(sample.input);
        if (!same || same->html != expected.html || same->text != expected.text || !own ||
            !has(own->text, name)) {
          ++different;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(different == 0);
}
