#include "gateway/app/command_line.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "gateway/app/exit_codes.hpp"
#include "gateway/app/phrases.hpp"

using namespace duenotice;
using namespace duenotice::app;

namespace {

template <class Arguments>
Arguments parsed(const std::vector<std::string>& words) {
  const auto line = parse_command_line(words);
  REQUIRE(line.ok());
  REQUIRE(std::holds_alternative<Arguments>(line->command));
  return std::get<Arguments>(line->command);
}

EarlyEnd refused(const std::vector<std::string>& words) {
  const auto line = parse_command_line(words);
  REQUIRE(!line.ok());
  return line.error();
}

}  // namespace

TEST_CASE("Every subcommand is understood with what it was asked") {
  parsed<ServeArguments>({"serve"});
  CHECK(parsed<SubmitArguments>({"submit", "-"}).file == "-");
  const auto list =
      parsed<ListArguments>({"list",        "--state", "held",       "--kind",  "k",
                             "--agreement", "a",       "--account",  "c",       "--channel",
                             "email",       "--since", "2026-07-01", "--until", "2026-07-02T00:00:00Z",
                             "--limit",     "7",       "--after",    "X",       "--json"});
  CHECK(list.state == "held");
  CHECK(list.kind == "k");
  CHECK(list.agreement == "a");
  CHECK(list.account == "c");
  CHECK(list.channel == "email");
  CHECK(list.since == "2026-07-01");
  CHECK(list.until == "2026-07-02T00:00:00Z");
  CHECK(list.limit == 7);
  CHECK(list.after == "X");
  CHECK(list.json);
  CHECK(parsed<ShowArguments>({"show", "billing", "r-1", "--json"}).names ==
        std::vector<std::string>{"billing", "r-1"});
  CHECK(parsed<ShowArguments>({"show", "X", "--raw", "email", "--revision", "2"}).raw == "email");
  CHECK(parsed<InboxArguments>({"inbox", "user-1"}).user == "user-1");
  const auto rejected =
      parsed<RejectedArguments>({"rejected", "--limit", "3", "--code", "conflict", "--since", "2026-07-01",
                                 "--until", "2026-07-02", "--after", "X"});
  CHECK(rejected.until == "2026-07-02");
  CHECK(rejected.limit == 3);
  CHECK(rejected.code == "conflict");
  CHECK(rejected.since == "2026-07-01");
  CHECK(rejected.after == "X");
  const auto events = parsed<EventsArguments>(
      {"events", "--follow", "--after", "0000017", "--type", "failed", "--limit", "9"});
  CHECK(events.follow);
  CHECK(events.after == "0000017");
  CHECK(events.type == "failed");
  CHECK(events.limit == 9);
  CHECK_FALSE(parsed<EventsArguments>({"events"}).follow);
  CHECK(parsed<AgreementsCheckArguments>({"agreements", "check", "dir"}).folder ==
        std::filesystem::path("dir"));
  CHECK(!parsed<AgreementsCheckArguments>({"agreements", "check"}).folder.has_value());
  CHECK(parsed<AgreementsShowArguments>({"agreements", "show", "--json"}).json);
  const auto preview =
      parsed<PreviewArguments>({"preview", "k", "--agreement", "a", "--locale", "en", "--data", "file"});
  CHECK(preview.kind == "k");
  CHECK(preview.locale == "en");
  CHECK(preview.data == "file");
  parsed<ConfigCheckArguments>({"config", "check"});
  CHECK(parsed<DoctorArguments>({"doctor", "--deep"}).deep);
}

TEST_CASE("Options of the whole program may stand on either side of the subcommand") {
  const auto before = parse_command_line({"--config", "c.toml", "--lang", "zh", "list"});
  const auto after = parse_command_line({"list", "--config", "c.toml", "--lang", "zh"});
  REQUIRE(before.ok());
  REQUIRE(after.ok());
  CHECK(before->common.config == std::filesystem::path("c.toml"));
  CHECK(after->common.config == std::filesystem::path("c.toml"));
  CHECK(before->common.language == "zh");
  CHECK(after->common.language == "zh");
}

TEST_CASE("Help and version end well, on stdout") {
  CHECK(refused({"--version"}).code == exit_ok);
  CHECK_THAT(refused({"--version"}).out, Catch::Matches("duenotice \\d+\\.\\d+\\.\\d+\n"));
  const EarlyEnd help = refused({"--help"});
  CHECK(help.code == exit_ok);
  CHECK(help.err.empty());
  for (const char* word : {"serve", "submit", "list", "show", "inbox", "rejected", "agreements", "preview",
                           "config", "doctor", "Examples", "Exit codes", "74"}) {
    CHECK_THAT(help.out, Catch::Contains(word));
  }
}

TEST_CASE("The help of each command ends with an example of that command") {
  const std::vector<std::vector<std::string>> commands = {{"serve"},
                                                          {"submit"},
                                                          {"list"},
                                                          {"show"},
                                                          {"inbox"},
                                                          {"rejected"},
                                                          {"agreements"},
                                                          {"preview"},
                                                          {"config"},
                                                          {"doctor"},
                                                          {"agreements", "check"},
                                                          {"config", "check"},
                                                          {"agreements", "show"},
                                                          {"jobs"},
                                                          {"jobs", "show"},
                                                          {"jobs", "stop"},
                                                          {"retry"},
                                                          {"failed"}};
  for (std::vector<std::string> words : commands) {
    std::string name = "duenotice";
    for (const std::string& word : words) name += " " + word;
    words.push_back("--help");
    INFO(name);
    const EarlyEnd help = refused(words);
    CHECK(help.code == exit_ok);
    const std::size_t example = help.out.rfind("\nExample");
    REQUIRE(example != std::string::npos);
    const std::string tail = help.out.substr(example);
    CHECK_THAT(tail, Catch::Contains(": " + name));
    CHECK(std::count(tail.begin(), tail.end(), '\n') <= 4);
  }
}

TEST_CASE("A mistake on the command line is one line that says what to do") {
  const auto error = [](const std::vector<std::string>& words) { return refused(words).err; };
  CHECK(error({"lisst"}) ==
        "duenotice: unknown command 'lisst'; did you mean `duenotice list`? See `duenotice --help`\n");
  CHECK(error({"frobnicate"}) == "duenotice: unknown command 'frobnicate'; see `duenotice --help`\n");
  CHECK(error({"agreements", "chek"}) ==
        "duenotice: unknown command 'chek'; did you mean `duenotice agreements check`? See `duenotice "
        "agreements --help`\n");
  CHECK(error({"list", "--stat", "held"}) ==
        "duenotice: unknown option '--stat'; did you mean `--state`? See `duenotice list --help`\n");
  CHECK(error({"show", "a", "b", "c"}) ==
        "duenotice: too many words for NOTICE: NOTICE_ID, or SOURCE and REQUEST_ID; see `duenotice show "
        "--help`\n");
  CHECK(error({"show"}) == "duenotice: NOTICE is missing; see `duenotice show --help`\n");
  CHECK(error({"inbox", "a", "b"}) ==
        "duenotice: unexpected 'b' behind what duenotice inbox takes; see `duenotice inbox --help`\n");
  CHECK(error({"--config"}) ==
        "duenotice: --config needs a FILE: The configuration file (TOML); see `duenotice --help`\n");
  CHECK(error({"list", "--config"}) ==
        "duenotice: --config needs a FILE: The configuration file (TOML); see `duenotice list --help`\n");
  CHECK_THAT(error({"list", "--kind"}), Catch::StartsWith("duenotice: --kind needs a value: A kind of"));
  CHECK_THAT(error({}), Catch::StartsWith("duenotice: duenotice needs a command: serve, submit, list"));
  CHECK_THAT(error({"x\x1b[2J"}), Catch::StartsWith("duenotice: unknown command 'x\\x1b[2J'"));
}

TEST_CASE("A mistake on the command line ends with 2 and says what is wrong on stderr") {
  const std::vector<std::vector<std::string>> wrong = {{},
                                                       {"frobnicate"},
                                                       {"list", "--limit", "0"},
                                                       {"list", "--limit", "10001"},
                                                       {"show"},
                                                       {"show", "a", "b", "c"},
                                                       {"show", "a", "--revision", "2"},
                                                       {"show", "a", "--raw", "email", "--json"},
                                                       {"preview"},
                                                       {"agreements"},
                                                       {"config"},
                                                       {"list", "--lang", "fr"}};
  for (const auto& words : wrong) {
    INFO((words.empty() ? std::string("no words") : words.back()));
    const EarlyEnd end = refused(words);
    CHECK(end.code == exit_usage);
    CHECK_THAT(end.err, Catch::StartsWith("duenotice: ") && Catch::EndsWith("--help`\n"));
    CHECK(end.out.empty());
    CHECK(say_text(Language::english, end.err) == end.err);
    // What an option takes, and which there are, stands in its description, as in the help.
    const std::string chinese = say_text(Language::chinese, end.err);
    INFO(chinese);
    CHECK_THAT(chinese, Catch::StartsWith("duenotice: ") && Catch::EndsWith("--help`\n"));
    CHECK_THAT(chinese, Catch::Contains("；请看 `duenotice"));
  }
}

TEST_CASE("A mistake on the command line is said in the language that it asks for") {
  CHECK(refused({"--lang", "zh", "lisst"}).language == "zh");
  CHECK(refused({"lisst", "--lang=zh-CN"}).language == "zh-CN");
  CHECK(refused({"lisst"}).language.empty());
  CHECK(say_text(Language::chinese, refused({"--lang", "zh", "lisst"}).err) ==
        "duenotice: 未知的命令“lisst”；是否指 `duenotice list`？请看 `duenotice --help`\n");
  CHECK(say_text(Language::chinese, refused({"list", "--lang", "fr"}).err) ==
        "duenotice: --lang：fr 不是 {en,zh,zh-CN} 之一；请看 `duenotice list --help`\n");
  CHECK(say_text(Language::chinese, refused({"show", "a", "--raw", "email", "--json"}).err) ==
        "duenotice: --raw 不能与 --json 同用；请看 `duenotice show --help`\n");
}

TEST_CASE("The exit code of an error follows from what the caller may do next") {
  CHECK(exit_code(ErrorKind::invalid) == 1);
  CHECK(exit_code(ErrorKind::not_found) == 3);
  CHECK(exit_code(ErrorKind::unavailable) == 4);
  CHECK(exit_code(ErrorKind::no_space) == 74);
  CHECK(exit_code(ErrorKind::broken) == 74);
}

TEST_CASE("Help says what null means, and what an unknown outcome follows") {
  const auto help = [](const std::vector<std::string>& words) {
    const auto line = parse_command_line(words);
    REQUIRE(!line.ok());
    return line.error().out;
  };
  CHECK_THAT(help({"show", "--help"}), Catch::Contains("sent_anything is true, false, or null"));
  CHECK_THAT(help({"list", "--help"}), Catch::Contains("sent_anything is true, false, or null"));
  CHECK_THAT(help({"config", "check", "--help"}), Catch::Contains("on_unknown and unknown_resends"));
}
