#include "gateway/app/table.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "gateway/app/progress.hpp"

using namespace duenotice::app;

namespace {

std::string printed(const Table& table, bool colors, Language language = Language::english) {
  std::ostringstream out;
  std::ostringstream err;
  Terminal terminal{out, err};
  terminal.out_colors = colors;
  terminal.language = language;
  table.print(terminal);
  return out.str();
}

}  // namespace

TEST_CASE("Columns are aligned by what a terminal shows, not by bytes") {
  Table table({"ACCOUNT", "KIND"});
  table.add({"张伟", "a"});
  table.add({"acct-12345", "b"});
  CHECK(printed(table, false) ==
        "ACCOUNT     KIND\n"
        "张伟        a\n"
        "acct-12345  b\n");
  CHECK(printed(table, false, Language::chinese) ==
        "账户        种类\n"
        "张伟        a\n"
        "acct-12345  b\n");
}

TEST_CASE("Colours do not shift columns, and without them there is no escape") {
  Table table({"STATE", "KIND"});
  table.add({Cell("failed", Tone::bad), "a"});
  CHECK(printed(table, true) == "\x1b[2mSTATE\x1b[0m   \x1b[2mKIND\x1b[0m\n\x1b[31mfailed\x1b[0m  a\n");
  CHECK(printed(table, false).find('\x1b') == std::string::npos);
}

namespace {

std::string printed_in(std::size_t width) {
  Table table({"NOTICE", "KIND", "REQUEST", "AGREEMENT"});
  table.give_way({"AGREEMENT", "REQUEST", "KIND"});
  table.add({"01J2Z0V7N3", "fund_freeze", "billing req-4711", "flashduty-user-agreement 2022-10-10"});
  table.add({"01J2Z0V7N4", "服务终止通知", "张伟", "短"});
  std::ostringstream out;
  std::ostringstream err;
  Terminal terminal{out, err};
  terminal.out_width = width;
  table.print(terminal);
  return out.str();
}

}  // namespace

TEST_CASE("A table as wide as the terminal is shown whole") {
  CHECK(printed_in(0) == printed_in(500));
  CHECK(printed_in(10 + 2 + 12 + 2 + 16 + 2 + 35) == printed_in(0));
}

TEST_CASE("In a narrow terminal the least important column gives way, and no line wraps") {
  CHECK(printed_in(60) ==
        "NOTICE      KIND          REQUEST           AGREEMENT\n"
        "01J2Z0V7N3  fund_freeze   billing req-4711  flashduty-user-…\n"
        "01J2Z0V7N4  服务终止通知  张伟              短\n");
  CHECK(printed_in(45) ==
        "NOTICE      KIND          REQUEST\n"
        "01J2Z0V7N3  fund_freeze   billing req-4711\n"
        "01J2Z0V7N4  服务终止通知  张伟\n");
}

TEST_CASE("When one column is left out the next one gives way") {
  CHECK(printed_in(36) ==
        "NOTICE      KIND          REQUEST\n"
        "01J2Z0V7N3  fund_freeze   billing r…\n"
        "01J2Z0V7N4  服务终止通知  张伟\n");
  CHECK(printed_in(20) ==
        "NOTICE      KIND\n"
        "01J2Z0V7N3  fund_fr…\n"
        "01J2Z0V7N4  服务终…\n");
}

TEST_CASE("A text is shortened by cells, never within a character") {
  CHECK(shortened("abcdef", 6) == "abcdef");
  CHECK(shortened("abcdef", 4) == "abc…");
  CHECK(shortened("法律通知", 6) == "法律…");
  CHECK(shortened("法律通知", 5) == "法律…");
  CHECK(shortened("abc", 1) == "…");
  CHECK(shortened("abc", 0).empty());
}

TEST_CASE("A cell can neither break its line nor command the terminal") {
  Table table({"KIND", "CODE"});
  table.add({"a\nb\x1b[31m\xff",
             "\xe2\x80\xae"
             "x"});
  CHECK(printed(table, false) == "KIND                CODE\na\\x0ab\\x1b[31m\\xff  \\xe2\\x80\\xaex\n");
}

TEST_CASE("Text of unknown origin is made safe and stays readable") {
  CHECK(visible("法律 notice é") == "法律 notice é");
  CHECK(visible("\xc2\x9b"
                "31m") == "\\xc2\\x9b31m");
  CHECK(visible("tail\xe4\xbd") == "tail\\xe4\\xbd");
  CHECK(visible("\x7f") == "\\x7f");
  CHECK(as_utf8("ok \xff\xe4\xbd end") == "ok \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd end");
}

TEST_CASE("The progress bar shows what part is done, and stays off where nobody looks") {
  CHECK(Progress::bar(50, 100, 7) == "[###############...............]  50%  7 requests");
  CHECK(Progress::bar(100, 100, 1) == "[##############################] 100%  1 request");
  CHECK(Progress::bar(200, 100, 2) == "[##############################] 100%  2 requests");
  CHECK(Progress::bar(10, 0, 12) == "12 requests");
  for (const char* noun : {"request", "row", "event", "sending"}) {
    for (const int count : {1, 2})
      CHECK_THAT(Progress::bar(0, 0, count, noun, Language::chinese), !Catch::Contains(noun));
  }
  std::ostringstream out;
  std::ostringstream err;
  Terminal terminal{out, err};
  Progress off(terminal, 10);
  off.show(5, 1);
  off.clear();
  CHECK(err.str().empty());
  terminal.err_is_terminal = true;
  Progress on(terminal, 10);
  on.show(5, 1);
  on.clear();
  CHECK_THAT(err.str(), Catch::Contains("50%") && Catch::EndsWith("\r\x1b[K"));
}
