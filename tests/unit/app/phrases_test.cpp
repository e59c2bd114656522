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
  for (const auto table : phrase_tables()) {
    for (const Phrase& phrase : table) {
      INFO(phrase.english);
      CHECK(seen.insert(phrase.english).second);
      CHECK(!phrase.chinese.empty());
      CHECK(places(phrase.chinese) == places(phrase.english));
    }
  }
}

TEST_CASE("An error that comes with its values in it is said in the person's language") {
  const auto chinese = [](const char* english) { return say_text(Language::chinese, english); };
  CHECK(chinese("it was sent by email already and cannot be called back") == "已经由 邮件 发出，无法撤回");
  CHECK(chinese("nothing of it waits for a due time (it is failed); a failed or held delivery goes on with "
                "`replay` or `resolve`") ==
        "没有等待发送时间的投递（状态为“失败”）；失败或搁置的投递请用 `replay` 或 `resolve` 继续");
  CHECK(chinese("--state must be failed, held or sent, not \"x {0}\"") ==
        "--state 必须是 failed、held 或 sent，而不是“x {0}”");
  CHECK(chinese(
            "clause 9.3.3 asks for 30 days' notice; the earliest lawful effective date is now 2026-08-01") ==
        "第 9.3.3 条要求提前 30 天通知；现在最早的合法生效日为 2026-08-01");
  CHECK(chinese("the field name is missing; add it") == "缺少字段 name；请补上");
  CHECK(chinese("01J: it is cancelled already") == "01J: 此前已经取消");
  CHECK(chinese("it has ended: nothing of it is left that could be stopped") ==
        "它已结束：没有可以停止的内容");
  CHECK(chinese("it is cancelled already, and more") == "it is cancelled already, and more");
  CHECK(say_text(Language::english, "it is cancelled already") == "it is cancelled already");
  CHECK(say(Language::chinese, Sentence("{0}; stop the gateway, keep a copy of the journal and restore the "
                                        "last backup",
                                        {"there is no journal at /x yet"})) ==
        "/x 处还没有日志库；请停止网关，保留日志库副本，并恢复最近的备份");
}

TEST_CASE("No error's translation loses a fact, and its places stand in order") {
  for (const auto table : error_tables()) {
    for (const Phrase& phrase : table) {
      INFO(phrase.english);
      char next = '0';
      for (std::size_t at = 0; at + 2 < phrase.english.size(); ++at) {
        if (phrase.english[at] != '{' || phrase.english[at + 2] != '}') continue;
        CHECK(phrase.english[at + 1] == next++);
      }
    }
  }
}

TEST_CASE("A count chooses its phrase") {
  CHECK(plural(1, "one", "many") == "one");
  CHECK(plural(0, "one", "many") == "many");
  CHECK(plural(2, "one", "many") == "many");
}
