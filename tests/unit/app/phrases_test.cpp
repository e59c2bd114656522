#include "gateway/app/phrases.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "gateway/app/phrase_table.hpp"

using namespace duenotice::app;

namespace {

/// The placeholders of a phrase.
std::set<char> places(std::string_view phrase) {
  std::set<char> found;
  for (std::size_t i = 0; i + 2 < phrase.size(); ++i) {
    if (phrase[i] == '{' && phrase[i + 2] == '}') found.insert(phrase[i + 1]);
  }
  return found;
}

}  // namespace

TEST_CASE("A sentence puts its arguments where its language wants them") {
  const Sentence sentence("1 mistake in {1}; `duenotice agreements check` names it", {"1", "/etc/a"});
  CHECK(say(Language::english, sentence) == "1 mistake in /etc/a; `duenotice agreements check` names it");
  CHECK(say(Language::chinese, sentence) == "/etc/a 中有 1 处错误；`duenotice agreements check` 会指出它");
}

TEST_CASE("An argument is never taken for a phrase or a place") {
  CHECK(say(Language::chinese, Sentence("{0}", {"{0} yes {1}"})) == "{0} yes {1}");
  CHECK(say(Language::english, Sentence("open { {0} {7} {", {"x"})) == "open { x {7} {");
  CHECK(say(Language::english, Sentence("{")) == "{");
  CHECK(say(Language::chinese, Sentence("no translation {0}", {"x"})) == "no translation x");
}

TEST_CASE("No translation loses a fact, and none stands twice") {
  std::set<std::string_view> seen;
  for (const Phrase& phrase : sentences()) {
    INFO(phrase.english);
    CHECK(seen.insert(phrase.english).second);
    CHECK(!phrase.chinese.empty());
    CHECK(places(phrase.chinese) == places(phrase.english));
  }
}

TEST_CASE("A count chooses its phrase") {
  CHECK(plural(1, "one", "many") == "one");
  CHECK(plural(0, "one", "many") == "many");
  CHECK(plural(2, "one", "many") == "many");
}
