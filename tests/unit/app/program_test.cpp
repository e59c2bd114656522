#include <sys/wait.h>

#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "tests/support/temporary_folder.hpp"

namespace {

struct Ended {
  int code = -1;
  std::string out;
  std::string err;
};

std::string content(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// Runs the program in `folder` with nothing of our own environment that it would read.
Ended run(const duenotice::test::TemporaryFolder& folder, const std::string& words,
          const std::string& input = "") {
  std::ofstream(folder / "in") << input;
  const std::string command = "cd '" + folder.path().string() +
                              "' && env -u DUENOTICE_CONFIG -u LC_ALL LANG=C " + DUENOTICE_PROGRAM + " " +
                              words + " <in >out 2>err";
  const int status = std::system(command.c_str());
  return {WEXITSTATUS(status), content(folder / "out"), content(folder / "err")};
}

void write_configuration(const duenotice::test::TemporaryFolder& folder, const std::string& more = "") {
  std::ofstream(folder / "duenotice.toml")
      << "[agreements]\npath = \"" SOURCE_DIR
         "/templates/agreements\"\n[channels.email]\nurl = \"sandbox:mail\"\n"
      << "from = \"notices@example.com\"\n"
      << more;
}

}  // namespace

TEST_CASE("Exit codes are those of the help text") {
  const duenotice::test::TemporaryFolder folder;
  write_configuration(folder);
  CHECK(run(folder, "--version").code == 0);
  CHECK(run(folder, "config check").code == 0);
  CHECK(run(folder, "agreements check").code == 0);
  CHECK(run(folder, "agreements check mail").code == 1);
  CHECK(run(folder, "lst").code == 2);
  CHECK(run(folder, "list --state gone").code == 2);
  CHECK(run(folder, "list").code == 3);
  CHECK(run(folder, "submit nothing.json").code == 3);
  CHECK(run(folder, "preview no_such_kind --agreement flashduty-user-agreement --data -", "{}").code == 3);
}

TEST_CASE("A mistake in the configuration stops every command but those that explain it") {
  const duenotice::test::TemporaryFolder folder;
  write_configuration(folder, "[queue]\nprefetch = 0\n[retry]\nattempts = \"x\"\n");
  for (const std::string words : {"list", "serve", "config check", "submit -"}) {
    INFO(words);
    const Ended ended = run(folder, words);
    CHECK(ended.code == 2);
    CHECK(ended.out.empty());
    CHECK_THAT(ended.err, Catch::Contains("duenotice.toml:7: [queue] prefetch") &&
                              Catch::Contains("duenotice.toml:9: [retry] attempts"));
  }
  const Ended doctor = run(folder, "doctor");
  CHECK(doctor.code == 1);
  CHECK_THAT(doctor.out, Catch::Contains("duenotice.toml:7: [queue] prefetch"));
}

TEST_CASE("submit publishes what is there before a mistake and says how far it came") {
  const duenotice::test::TemporaryFolder folder;
  write_configuration(folder);
  const Ended good =
      run(folder, "submit -", "{\"source\":\"a\",\"id\":\"1\"}\n{\"source\":\"a\",\"id\":\"2\"}\n");
  CHECK(good.code == 0);
  CHECK(good.out == "published 2 requests\n");
  CHECK_THAT(good.err, Catch::Contains("duenotice list"));
  CHECK(good.err.find('\x1b') == std::string::npos);
  const Ended half = run(folder, "submit -", "{}\nnonsense\n");
  CHECK(half.code == 1);
  CHECK_THAT(half.err, Catch::Contains("line 2:") && Catch::Contains("1 request before it published"));
  const Ended nothing = run(folder, "submit -", "\n");
  CHECK(nothing.code == 1);
  CHECK_THAT(nothing.err, Catch::Contains("no request"));
}

TEST_CASE("preview prints the words of a request, and what is missing in one") {
  const duenotice::test::TemporaryFolder folder;
  write_configuration(folder);
  const std::string variables =
      R"({"agreement_name":"服务条款","summary":"价格 & 期限","url":"https://example.com/t"})";
  const std::string words =
      "preview terms_change --agreement flashduty-user-agreement --locale zh-CN --data -";
  const Ended alone = run(folder, words, variables);
  CHECK(alone.code == 0);
  CHECK_THAT(alone.out, Catch::Contains("价格 & 期限") && Catch::Contains("价格 &amp; 期限"));
  CHECK_THAT(alone.out,
             Catch::Contains("--- email zh-CN subject") && Catch::Contains("--- in_site zh-CN text"));
  const Ended request = run(
      folder, words, R"({"recipient":{"name":"张伟"},"account_id":"acct-77","variables":)" + variables + "}");
  CHECK(request.code == 0);
  CHECK_THAT(request.out, Catch::Contains("张伟") && Catch::Contains("acct-77"));
  const Ended missing = run(folder, words, R"({"summary":"x"})");
  CHECK(missing.code == 1);
  CHECK_THAT(missing.err, Catch::Contains("missing_variable") && Catch::Contains("/variables"));
}

TEST_CASE("The program speaks the language of its user") {
  const duenotice::test::TemporaryFolder folder;
  write_configuration(folder);
  CHECK_THAT(run(folder, "config check --lang zh").err, Catch::Contains("配置有效。"));
  CHECK_THAT(run(folder, "config check").err, Catch::Contains("The configuration is valid."));
}

TEST_CASE("Output that could not be written is an error, not a success") {
  const duenotice::test::TemporaryFolder folder;
  write_configuration(folder);
  const std::string command =
      "cd '" + folder.path().string() + "' && " + DUENOTICE_PROGRAM + " config check >/dev/full 2>/dev/null";
  CHECK(WEXITSTATUS(std::system(command.c_str())) == 74);
}
