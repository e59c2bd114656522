#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <sstream>

#include "gateway/base/json.hpp"
#include "tests/unit/app/program.hpp"

using duenotice::test::content;
using duenotice::test::Ended;
using duenotice::test::run;
using duenotice::test::write_configuration;

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

TEST_CASE("A host without a channel may publish and read, but not serve") {
  const duenotice::test::TemporaryFolder folder;
  std::ofstream(folder / "duenotice.toml") << "[agreements]\npath = \"" SOURCE_DIR
                                              "/templates/agreements\"\n"
                                              "[channels.in_site]\nenabled = false\n";
  CHECK(run(folder, "submit -", "{\"source\":\"a\",\"id\":\"1\"}\n").code == 0);
  CHECK(run(folder, "list").code == 3);
  for (const std::string words : {"serve", "config check"}) {
    INFO(words);
    const Ended ended = run(folder, words);
    CHECK(ended.code == 2);
    CHECK_THAT(ended.err, Catch::Contains("duenotice.toml:4: there is no channel"));
  }
  const Ended doctor = run(folder, "doctor");
  CHECK(doctor.code == 1);
  CHECK_THAT(doctor.out, Catch::Contains("there is no channel"));
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

TEST_CASE("A configuration file without a name is a mistake of the command line") {
  const duenotice::test::TemporaryFolder folder;
  const Ended ended = run(folder, "--config '' list");
  CHECK(ended.code == 2);
  CHECK(ended.err == "duenotice: --config: it is blank; see `duenotice list --help`\n");
}

TEST_CASE("Every error begins with the program's name") {
  const duenotice::test::TemporaryFolder folder;
  write_configuration(folder);
  for (const std::string words :
       {"lisst", "list", "list --state gone", "show x", "--config /no list", "--config /no config check",
        "submit nothing.json", "rejected --code x", "preview x --agreement y --data /none"}) {
    INFO(words);
    const Ended ended = run(folder, words);
    CHECK(ended.code != 0);
    CHECK_THAT(ended.err, Catch::StartsWith("duenotice: "));
    CHECK(ended.err.find("/no") == ended.err.rfind("/no"));
  }
}

TEST_CASE("An error about a file or a notice says what to do next") {
  const duenotice::test::TemporaryFolder folder;
  write_configuration(folder);
  CHECK_THAT(run(folder, "submit nothing.json").err,
             Catch::EndsWith("; name a file of requests, or - for stdin\n"));
  CHECK_THAT(
      run(folder, "preview service_termination --agreement flashcat-product-service-agreement --data nothing")
          .err,
      Catch::EndsWith("; name a JSON file in --data, or - for stdin\n"));
}

TEST_CASE("agreements check ends with how many mistakes there are") {
  const duenotice::test::TemporaryFolder folder;
  write_configuration(folder);
  const Ended ended = run(folder, "agreements check mail");
  CHECK(ended.code == 1);
  CHECK_THAT(ended.err, Catch::Contains("duenotice: 1 mistake in the agreements: mend it and run"));
}

TEST_CASE("agreements show names parties, zone and what makes a sending the delivery") {
  const duenotice::test::TemporaryFolder folder;
  write_configuration(folder);
  const Ended page = run(folder, "agreements show");
  CHECK(page.code == 0);
  CHECK_THAT(page.out, Catch::Contains("Asia/Shanghai") && Catch::Contains("agreement-date-of-sending") &&
                           Catch::Contains("entry-into-system") && Catch::Contains("Parties") &&
                           Catch::Contains("service_termination"));
  const auto json = duenotice::parse_json(run(folder, "agreements show --json").out);
  REQUIRE(json.ok());
  for (const auto& agreement : *json->as_array()) {
    for (const char* key : {"provider", "user", "contact"}) {
      INFO(key);
      REQUIRE(agreement.find(key) != nullptr);
      CHECK(agreement.find(key)->find("zh-CN") != nullptr);
    }
  }
}

TEST_CASE("doctor says what to do about each finding, and how many there are") {
  const duenotice::test::TemporaryFolder folder;
  write_configuration(folder, "username = \"u\"\npassword_file = \"none\"\n");
  const Ended broken = run(folder, "doctor");
  CHECK(broken.code == 1);
  CHECK_THAT(broken.out, Catch::Contains("duenotice.toml:7: [channels.email] password_file: cannot read"));
  CHECK_THAT(broken.err, Catch::Contains("mend"));
  write_configuration(folder);
  const Ended fresh = run(folder, "doctor");
  CHECK(fresh.code == 0);
  CHECK_THAT(fresh.out, Catch::Contains("journal.db yet; the first `duenotice serve` makes it"));
  CHECK_THAT(fresh.out, !Catch::Contains("(s)") && !Catch::Contains("if it runs elsewhere"));
  CHECK_THAT(fresh.err, Catch::StartsWith("No problem; "));
  const Ended chinese = run(folder, "doctor --lang zh");
  CHECK_THAT(chinese.out, Catch::Contains("网关 ") && Catch::Contains("尚不存在") &&
                              !Catch::Contains("自动") && !Catch::Contains("there is none"));
  CHECK_THAT(chinese.err, Catch::StartsWith("没有问题"));
  CHECK_THAT(run(folder, "doctor --lang zh --json").out,
             Catch::Contains("the first `duenotice serve` makes it") && !Catch::Contains("尚不存在"));
}

TEST_CASE("doctor names the next step when a mail server does not answer") {
  const duenotice::test::TemporaryFolder folder;
  std::ofstream(folder / "duenotice.toml")
      << "[agreements]\npath = \"" SOURCE_DIR
         "/templates/agreements\"\n[channels.email]\nurl = \"smtp://127.0.0.1:1\"\n"
      << "from = \"notices@example.com\"\n";
  const Ended ended = run(folder, "doctor");
  CHECK(ended.code == 1);
  CHECK_THAT(ended.out, Catch::Contains("smtp://127.0.0.1:1 cannot be used (") &&
                            Catch::Contains("see that the server runs"));
  CHECK(ended.out.find("cannot be used") == ended.out.rfind("cannot be used"));
  CHECK_THAT(run(folder, "doctor --lang zh").out, Catch::Contains("请确认服务器正在运行"));
}

TEST_CASE("The program speaks the language of its user") {
  const duenotice::test::TemporaryFolder folder;
  write_configuration(folder);
  CHECK_THAT(run(folder, "config check --lang zh").err, Catch::Contains("配置有效。"));
  CHECK_THAT(run(folder, "config check").err, Catch::Contains("The configuration is valid."));
}

TEST_CASE("A reader that has left is a quiet end, not an error") {
  const duenotice::test::TemporaryFolder folder;
  write_configuration(folder);
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  ::close(ends[0]);
  // The shell and the program inherit both; the shell takes descriptors of one digit only.
  REQUIRE(::dup2(ends[1], 9) == 9);
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  for (const std::string words : {"agreements show --json", "config check", "--help"}) {
    INFO(words);
    const std::string command = "cd '" + folder.path().string() + "' && env -u DUENOTICE_CONFIG LANG=C " +
                                DUENOTICE_PROGRAM + " " + words + " >&9 2>err";
    CHECK(WEXITSTATUS(std::system(command.c_str())) == 0);
    CHECK_THAT(content(folder / "err"), !Catch::Contains("duenotice: "));
  }
  std::signal(SIGPIPE, before);
  ::close(9);
  ::close(ends[1]);
}

TEST_CASE("Output that could not be written is an error, not a success") {
  const duenotice::test::TemporaryFolder folder;
  write_configuration(folder);
  const std::string command =
      "cd '" + folder.path().string() + "' && " + DUENOTICE_PROGRAM + " config check >/dev/full 2>/dev/null";
  CHECK(WEXITSTATUS(std::system(command.c_str())) == 74);
}

TEST_CASE("Without a file, serve and doctor say where mail really goes") {
  const duenotice::test::TemporaryFolder folder;
  const std::string no_agreements = "DUENOTICE_AGREEMENTS_PATH=none ";  // so that serve ends at once
  const std::string real = no_agreements +
                           "DUENOTICE_CHANNELS_EMAIL_URL=smtp://127.0.0.1:1 "
                           "DUENOTICE_CHANNELS_EMAIL_FROM=notices@example.com "
                           "DUENOTICE_QUEUE_URL=embedded:q/queue.db";
  const Ended sending = run(folder, "serve", "", real);
  CHECK_THAT(sending.err, Catch::Contains("email    smtp://127.0.0.1:1\n") && Catch::Contains("REAL") &&
                              Catch::Contains("embedded:q/queue.db") && !Catch::Contains("SANDBOX"));
  const Ended sandbox = run(folder, "serve", "", no_agreements);
  CHECK_THAT(sandbox.err, Catch::Contains("email    sandbox:duenotice-data/mail\n") &&
                              Catch::Contains("SANDBOX: messages become files there") &&
                              !Catch::Contains("REAL"));
  const std::string good = "DUENOTICE_AGREEMENTS_PATH=" SOURCE_DIR "/templates/agreements ";
  const auto configuration = [&](const std::string& variables) {
    const Ended doctor = run(folder, "doctor --json", "", good + variables);
    return doctor.out.substr(0, doctor.out.find('}'));
  };
  CHECK_THAT(configuration(""),
             Catch::Contains("email sandbox:duenotice-data/mail, SMS sandbox:duenotice-data/sms;"));
  CHECK_THAT(configuration("DUENOTICE_CHANNELS_EMAIL_URL=smtp://127.0.0.1:1 "
                           "DUENOTICE_CHANNELS_EMAIL_FROM=n@example.com"),
             Catch::Contains("email smtp://127.0.0.1:1, SMS none;") && !Catch::Contains("sandbox"));
}

TEST_CASE("A place where nothing can be made is named with its key, and doctor does not promise it") {
  const duenotice::test::TemporaryFolder folder;
  write_configuration(folder);
  for (const std::string section : {"JOURNAL", "QUEUE"}) {
    const std::string url = section == "QUEUE" ? "embedded:/proc/x/q.db" : "sqlite:/proc/x/journal.db";
    const std::string variables = "DUENOTICE_" + section + "_URL=" + url;
    const Ended serve = run(folder, "serve", "", variables);
    CHECK(serve.code == 74);
    CHECK_THAT(serve.err, Catch::StartsWith("duenotice: DUENOTICE_" + section + "_URL: [") &&
                              Catch::Contains("/proc/x") && Catch::Contains("name a place"));
    const Ended doctor = run(folder, "doctor", "", variables);
    CHECK(doctor.code == 1);
    CHECK_THAT(doctor.out, Catch::Contains("could not make it: nothing can be made in /proc"));
    CHECK_THAT(doctor.out, !Catch::Contains("/proc/x/journal.db yet") &&
                               !Catch::Contains("/proc/x/q.db does not exist yet"));
  }
  const Ended submit = run(folder, "submit -", "{}", "DUENOTICE_QUEUE_URL=embedded:/proc/x/q.db");
  CHECK(submit.code == 74);
  CHECK_THAT(submit.err, Catch::StartsWith("duenotice: DUENOTICE_QUEUE_URL: [queue] url: cannot make"));
}

TEST_CASE("serve counts the mistakes of the agreements as people do") {
  const duenotice::test::TemporaryFolder folder;
  write_configuration(folder);
  std::filesystem::create_directories(folder / "bad/a/1");
  std::ofstream(folder / "bad/a/1/agreement.toml") << "x = 1\n";
  const Ended ended = run(folder, "serve", "", "DUENOTICE_AGREEMENTS_PATH=bad");
  CHECK(ended.code == 1);
  CHECK_THAT(ended.err, Catch::Contains(" mistakes, the first in ") && !Catch::Contains("(s)"));
  CHECK_THAT(run(folder, "serve", "", "DUENOTICE_AGREEMENTS_PATH=none").err,
             Catch::Contains("the agreements have 1 mistake, in "));
}

TEST_CASE("agreements show says which kinds have an appeal, and calls nothing late that has no lead time") {
  const duenotice::test::TemporaryFolder folder;
  write_configuration(folder);
  CHECK(run(folder, "list --since 2026-07-02 --until 2026-07-01").code == 2);
  const std::string page = run(folder, "agreements show").out;
  CHECK_THAT(page, Catch::Contains("APPEAL"));
  const auto json = duenotice::parse_json(run(folder, "agreements show --json").out);
  REQUIRE(json.ok());
  int appeals = 0;
  int without_lead_time = 0;
  CHECK_THAT(page,
             Catch::Contains("SMS signature        Flashcat\n") && Catch::Contains("email, in_site, sms,"));
  for (const auto& agreement : *json->as_array()) {
    CHECK(*agreement.find("sms_signature")->find("zh-CN")->as_string() == "快猫星云");
    for (const auto& kind : *agreement.find("kinds")->as_array()) {
      CHECK(kind.find("late")->is_null() == kind.find("lead_days")->is_null());
      without_lead_time += kind.find("lead_days")->is_null() ? 1 : 0;
      appeals += *kind.find("appeal")->as_bool() ? 1 : 0;
    }
  }
  CHECK(without_lead_time > 0);
  CHECK(appeals > 0);
  int shown = 0;
  std::istringstream lines(page);
  for (std::string line; std::getline(lines, line);)
    shown += line.find("  yes  ") != std::string::npos ? 1 : 0;
  CHECK(shown == appeals);
}

TEST_CASE("A script's empty variable widens no replay, and a decision about the notice names no channel") {
  const duenotice::test::TemporaryFolder folder;
  write_configuration(folder);
  const auto code = [&](const std::string& words) { return run(folder, words).code; };
  for (const std::string option : {"--email", "--phone", "--kind", "--agreement", "--channel"})
    CHECK(code("replay --state failed --reason x --yes " + option + " ''") == 2);
  const std::string notice = "01KJABCDEF0000000000000001 --channel email --reason x ";
  CHECK(code("resolve " + notice + "--accept-late") == 2);
  CHECK(code("resolve " + notice + "--effective-date 2099-01-01") == 2);
}
