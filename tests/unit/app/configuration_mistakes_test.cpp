#include <catch2/catch.hpp>
#include <fstream>

#include "gateway/app/configuration.hpp"
#include "gateway/app/phrases.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/app/in_chinese.hpp"

using namespace duenotice;
using namespace duenotice::app;

namespace {

struct Case {
  std::string toml;
  int line;
  std::string message;
};

std::vector<ConfigurationMistake> mistakes(const test::TemporaryFolder& folder, const std::string& toml,
                                           const Environment& environment = {}) {
  std::ofstream(folder / "duenotice.toml") << toml;
  return load_configuration(folder / "duenotice.toml", environment).mistakes;
}

const std::string mail = "[channels.email]\nfrom = \"a@example.com\"\nurl = \"smtp://mail.example\"\n";

/// A whole section of Kannel's keys but for its last lines.
const std::string kannel =
    "[channels.sms]\nurl = \"kannel://127.0.0.1\"\nusername = \"gw\"\npassword_file = \"p\"\n";
const std::string kannel_and_key = kannel + "report_key_file = \"k\"\n";

const Case cases[] = {
    {"x = 1", 1,
     "unknown key \"x\" outside any section; the sections are: journal, secrets, control, queue, agreements, "
     "calendar, "
     "channels.email, "
     "channels.sms, channels.in_site, evidence, evidence.tsa.NAME, retry, metrics, log"},
    {"[retry]\nattemps = 1", 2, "unknown key \"attemps\" in [retry]; it has: schedule, attempts"},
    {"[channels.fax]\nurl = \"x\"", 2,
     "unknown section [channels.fax]; there are: journal, secrets, control, queue, agreements, calendar, "
     "channels.email, "
     "channels.sms, channels.in_site, evidence, evidence.tsa.NAME, retry, metrics, log"},
    {"[evidence]\norigin = \"https://notices.example.com/log\"", 2,
     "[evidence] origin must be an address without scheme such as \"notices.example.com/log\", at most 256 "
     "bytes without spaces and +, or \"\" to keep no log, not \"https://notices.example.com/log\""},
    {"[evidence.tsa.one]\nurl = \"ldap://tsa.example.com\"", 2,
     "[evidence.tsa.one] url must be \"https://HOST[:PORT][/PATH]\" or \"http://…\""},
    {"[evidence.tsa.one]\nurl = \"https://tsa.example.com\"", 2,
     "[evidence.tsa.one] roots is missing: a PEM file with the certificates that its stamps must lead to, "
     "from the authority itself"},
    {"[evidence.tsa.one]\nroots = \"roots.pem\"", 2,
     "[evidence.tsa.one] url is missing: where the time-stamping authority is asked"},
    {"[evidence.tsa.one]\npolicy = \"1.2.x\"", 2,
     "[evidence.tsa.one] policy must be an object identifier such as \"1.3.6.1.4.1.4146.2.3\", or \"\", not "
     "\"1.2.x\""},
    {"[evidence.tsa.one]\ncafile = \"x\"", 2,
     "unknown key \"cafile\" in [evidence.tsa.one]; it has: url, roots, policy"},
    {"[evidence.tsa.\"one.two\"]\nurl = \"https://tsa.example.com\"", 2,
     "[evidence.tsa.one.two]: the name of an authority has letters, digits, - and _, at most 64"},
    {"[evidence]\nseal_interval = \"1s\"", 2,
     "[evidence] seal_interval must be a duration such as \"30s\" or \"2h\", from 10s to 1d, not \"1s\""},
    {"[evidence]\ninterval = \"3s\"", 2,
     "[evidence] interval must be a duration such as \"30s\" or \"2h\", from 100ms to 2s, not \"3s\""},
    {"[queue]\nprefetch = \"many\"", 2,
     "[queue] prefetch must be a whole number from 1 to 65535, not \"many\""},
    {"[queue]\nprefetch = 0", 2, "[queue] prefetch must be a whole number from 1 to 65535, not 0"},
    {"[queue]\nprefetch = 1.5", 2, "[queue] prefetch must be a whole number from 1 to 65535, not a fraction"},
    {"[queue]\ndeclare = \"true\"", 2, "[queue] declare must be true or false, not \"true\""},
    {"[queue]\nmax_body = \"17MB\"", 2,
     "[queue] max_body must be a number of bytes such as \"256MB\" or \"64MiB\", from 1KB to 16MB, not "
     "\"17MB\""},
    {"[queue]\nrequests = \"two words\"", 2,
     "[queue] requests must be a name without spaces, at most 200 bytes, not \"two words\""},
    {"[queue]\npassword_file = \"\"", 2, "[queue] password_file must be the path of a file, not \"\""},
    {"[queue]\nurl = \"http://x\"", 2,
     "[queue] url must be \"embedded:PATH\", \"amqp://HOST[:PORT][/VHOST]\" or \"amqps://…\""},
    {"[queue]\nurl = \"amqp://user:secret@broker/\"", 2,
     "[queue] url must not hold a password, because the file is read by many: put it into `password_file`, "
     "or the "
     "whole url into the environment as DUENOTICE_QUEUE_URL"},
    {"[queue]\npassword = \"secret\"", 2,
     "[queue] password must not stand in this file, because the file is read by many: put the secret into a "
     "file of "
     "its own and name it in `password_file`, or into the environment as DUENOTICE_QUEUE_PASSWORD"},
    {"[journal]\nurl = \"postgres://x\"", 2, "[journal] url must be \"sqlite:PATH\""},
    {"[journal]\ndrain = \"2h\"", 2,
     "[journal] drain must be a duration such as \"30s\" or \"2h\", from 0ms to 1h, not \"2h\""},
    {"[journal]\nlow_space = \"2MB\"\nreserve = \"2MB\"", 3,
     "[journal] reserve must be smaller than low_space (2MB): it is what is left when even that is gone"},
    {"[retry]\nschedule = []", 2,
     "[retry] schedule must be a list of 1 to 64 durations such as [\"1m\", \"5m\", \"2h\"], each from 1s to "
     "7d, not "
     "[]"},
    {"[retry]\nschedule = [\"1m\", \"soon\"]", 2,
     "[retry] schedule must be a list of 1 to 64 durations such as [\"1m\", \"5m\", \"2h\"], each from 1s to "
     "7d, not "
     "[\"1m\", \"soon\"]"},
    {"[log]\nlevel = \"loud\"", 2,
     "[log] level must be \"debug\", \"info\", \"warning\" or \"error\", not \"loud\""},
    {"[channels.email]\nurl = \"smtp://mail:99999\"", 2,
     "[channels.email] url must be \"smtp://HOST[:PORT]\", \"smtps://HOST[:PORT]\" or \"sandbox:FOLDER\""},
    {"[channels.email]\nurl = \"smtp://user:secret@mail\"", 2,
     "[channels.email] url must not hold a user or a password: put them into `username` and `password_file`"},
    {"[channels.email]\nurl = \"smtp://mail\"", 2,
     "[channels.email] from is missing: the address that notices come from"},
    {"[channels.email]\nfrom = \"nobody\"", 2,
     "[channels.email] from must be an email address, or \"Name <address>\", not \"nobody\""},
    {"[channels.email]\nhandover = \"own_relay\"", 2,
     "[channels.email] handover cannot be \"own_relay\" yet: the 250 of a relay inside your own control is "
     "not yet a "
     "sending, and duenotice does not read its reports so far, so it would have to invent the legal date; "
     "use a "
     "server outside your control and \"provider\""},
    {"[channels.sms]\nurl = \"http://127.0.0.1\"", 2,
     "[channels.sms] url must be \"kannel://HOST[:PORT]\", \"kannels://HOST[:PORT]\", "
     "\"provider:FILE\" or \"sandbox:FOLDER\""},
    {"[channels.sms]\nurl = \"kannel://u:secret@127.0.0.1\"", 2,
     "[channels.sms] url must not hold a user or a password: put them into `username` and `password_file`"},
    {kannel + "sender = \"1069\"\n", 2,
     "[channels.sms] report_key_file is missing, or DUENOTICE_CHANNELS_SMS_REPORT_KEY: a secret without "
     "which "
     "anybody could make up delivery reports; make one with `(umask 077; openssl rand -hex 32 > FILE)`"},
    {kannel_and_key, 2, "[channels.sms] sender is missing: the number or the name that recipients see"},
    {kannel_and_key + "sender = \"短信\"\n", 6,
     "[channels.sms] sender must be a number or a name of at most 16 ASCII characters, not \"短信\""},
    {kannel_and_key + "sender = \"1069\"\nreport_listen = \"0.0.0.0:8075\"\n", 7,
     "[channels.sms] report_listen must be \"127.0.0.1:PORT\" or \"[::1]:PORT\", not \"0.0.0.0:8075\""},
    {kannel_and_key + "sender = \"1069\"\nreport_url = \"http://gw/%d\"\n", 7,
     "[channels.sms] report_url must be an http:// or https:// url without a final slash, a query or a "
     "percent "
     "sign, not \"http://gw/%d\""},
    {"[channels.sms]\nurl = \"kannel://10.0.0.7\"\nusername = \"gw\"\npassword_file = \"p\"\n"
     "sender = \"1069\"\nreport_key_file = \"k\"\n",
     2,
     "[channels.sms] url must be kannels:// where Kannel is on another machine: the password would cross the "
     "network unencrypted"},
    {"[queue]\nrequests = \"a\"\ndead_letters = \"a\"", 3,
     "[queue] requests and dead_letters are both \"a\": what is refused would come back as a request; give "
     "dead_letters a name of its own"},
    {"[queue]\nevents = \"duenotice.rejected\"", 2,
     "[queue] events and dead_letters are both \"duenotice.rejected\": status events would stand among the "
     "rejected requests; give events a name of its own"},
    {"[queue]\nevents = \"two words\"", 2,
     "[queue] events must be a name without spaces, at most 200 bytes, or \"\" to publish none, not \"two "
     "words\""},
    {"[queue]\nevent_source = \"\"", 2,
     "[queue] event_source must be a URI reference without spaces, at most 200 bytes, not \"\""},
    {"[queue]\nrequests = \"duenotice.rejected\"", 2,
     "[queue] requests and dead_letters are both \"duenotice.rejected\": what is refused would come back as "
     "a "
     "request; give dead_letters a name of its own"},
    {mail + "bounce_address = \"a+b@example.com\"", 4,
     "[channels.email] bounce_address: it must not hold a `+`, which is added to it for each attempt"},
    {mail + "username = \"u\"", 4,
     "[channels.email] username needs a `password_file`, or DUENOTICE_CHANNELS_EMAIL_PASSWORD"},
    {mail + "password_file = \"p\"", 4, "[channels.email] username is missing beside the password"},
    {mail + "username = \"u\"\npassword_file = \"p\"\ntls = \"off\"", 6,
     "[channels.email] tls must be \"required\" where there is a username: the password could cross the "
     "network "
     "unencrypted"},
};

}  // namespace

TEST_CASE("Each mistake has its place and one message that says what is allowed") {
  const test::TemporaryFolder folder;
  for (const Case& each : cases) {
    INFO(each.toml);
    const auto found = mistakes(folder, each.toml);
    REQUIRE(found.size() == 1);
    CHECK(found[0].place == (folder / "duenotice.toml").string() + ":" + std::to_string(each.line));
    CHECK(found[0].message == each.message);
    const std::string chinese = say_text(Language::chinese, each.message);
    INFO(chinese);
    CHECK(test::in_chinese(chinese));
  }
}

TEST_CASE("Only a gateway needs a channel") {
  const test::TemporaryFolder folder;
  std::filesystem::create_directory(folder / "agreements");
  const auto load = [&](const std::string& toml) {
    std::ofstream(folder / "duenotice.toml") << "[agreements]\npath = \"agreements\"\n" << toml;
    return load_configuration(folder / "duenotice.toml", {});
  };
  const LoadedConfiguration none = load("[channels.in_site]\nenabled = false\n");
  CHECK(none.mistakes.empty());
  CHECK(check_channels(none) ==
        std::vector{ConfigurationMistake{
            (folder / "duenotice.toml").string() + ":4",
            "there is no channel, so no notice could ever go out: set [channels.email] url or "
            "[channels.sms] url, or [channels.in_site] enabled to true"}});
  CHECK(check_surroundings(none) == check_channels(none));
  CHECK(check_channels(load("[channels.in_site]\nenabled = true\n")).empty());
  CHECK(check_channels(load(mail + "[channels.in_site]\nenabled = false\n")).empty());
}

TEST_CASE("What the configuration names and nobody can read is found, each with its place") {
  const test::TemporaryFolder folder;
  std::ofstream(folder / "empty");
  std::ofstream(folder / "secret") << "hunter2\n";
  std::filesystem::create_directory(folder / "agreements");
  const std::string file = (folder / "duenotice.toml").string();
  const auto found = [&](const std::string& toml) {
    std::ofstream(folder / "duenotice.toml") << toml;
    const LoadedConfiguration loaded = load_configuration(folder / "duenotice.toml", {});
    REQUIRE(loaded.mistakes.empty());
    return check_surroundings(loaded);
  };
  const auto bad =
      found("[queue]\nurl = \"amqp://u@broker/\"\npassword_file = \"none\"\nca_file = \"no.pem\"\n" + mail +
            "username = \"u\"\npassword_file = \"empty\"\nverp_key_file = \"gone\"\n" +
            "[agreements]\npath = \"nowhere\"\n");
  REQUIRE(bad.size() == 5);
  CHECK(bad[0].place == file + ":3");
  CHECK_THAT(bad[0].message, Catch::StartsWith("[queue] password_file: ") && Catch::Contains("none") &&
                                 Catch::Contains("or name another"));
  CHECK(bad[1].place == file + ":4");
  CHECK_THAT(bad[1].message, Catch::StartsWith("[queue] ca_file: ") && Catch::Contains("name a PEM file"));
  CHECK(bad[2].place == file + ":9");
  CHECK_THAT(bad[2].message, Catch::StartsWith("[channels.email] password_file: "));
  CHECK(bad[3].place == file + ":10");
  CHECK_THAT(bad[3].message, Catch::StartsWith("[channels.email] verp_key_file: "));
  CHECK(bad[4] == ConfigurationMistake{file + ":12", "[agreements] path: there is no folder " +
                                                         (folder / "nowhere").string() +
                                                         "; name the one that holds <id>/<version>/"
                                                         "agreement.toml"});
  CHECK(found(mail + "username = \"u\"\npassword_file = \"secret\"\n[agreements]\npath = \"agreements\"\n")
            .empty());
}

TEST_CASE("All mistakes are named at once, in the order of their lines, the environment's last") {
  const test::TemporaryFolder folder;
  const auto found = mistakes(folder, "[retry]\nattempts = 0\n[queue]\nprefetch = 0\n[log]\nformat = 1\n",
                              {{"DUENOTICE_QUEUE_PREFETSCH", "3"}, {"DUENOTICE_RETRY_ATTEMPTS", "few"}});
  const std::string file = (folder / "duenotice.toml").string();
  REQUIRE(found.size() == 5);
  CHECK(found[0].place == file + ":2");
  CHECK(found[1].place == file + ":4");
  CHECK(found[2].place == file + ":6");
  CHECK(found[3].place == "DUENOTICE_QUEUE_PREFETSCH");
  CHECK_THAT(found[3].message, Catch::StartsWith("unknown variable"));
  CHECK(found[4] ==
        ConfigurationMistake{"DUENOTICE_RETRY_ATTEMPTS",
                             "[retry] attempts must be a whole number from 1 to 100000, not \"few\""});
}

TEST_CASE("A file that is missing or is not TOML is a mistake with a place") {
  const test::TemporaryFolder folder;
  const auto missing = load_configuration(folder / "none.toml", {}).mistakes;
  REQUIRE(missing.size() == 1);
  CHECK(missing[0].place == (folder / "none.toml").string());
  CHECK(
      missing[0].message ==
      "the configuration file cannot be read: No such file or directory; name one that exists with --config "
      "FILE");
  const auto broken = mistakes(folder, "[queue]\nprefetch = \n");
  REQUIRE(broken.size() == 1);
  CHECK(broken[0].place == (folder / "duenotice.toml").string() + ":2");
  CHECK_THAT(broken[0].message, Catch::StartsWith("not TOML: "));
}

TEST_CASE("The well-known guest on this machine, and a password on loopback, are no mistakes") {
  const test::TemporaryFolder folder;
  CHECK(mistakes(folder, "[queue]\nurl = \"amqp://guest:guest@127.0.0.1:5672/\"").empty());
  CHECK(mistakes(folder, "[queue]\nurl = \"amqp://guest:guest@localhost\"").empty());
  CHECK(mistakes(folder, "[queue]\nurl = \"amqp://guest:guest@[::1]:5672/\"").empty());
  CHECK(mistakes(folder, "[queue]\nurl = \"amqp://guest:guest@broker.example\"").size() == 1);
  CHECK(
      mistakes(folder,
               "[channels.email]\nfrom = \"a@example.com\"\nurl = \"smtp://127.0.0.1:2525\"\ntls = \"off\"\n"
               "username = \"u\"\npassword_file = \"p\"")
          .empty());
}

TEST_CASE("No message repeats a secret") {
  const test::TemporaryFolder folder;
  for (const std::string toml :
       {"[queue]\nurl = \"amqp://u:hunter2@broker:port/\"", "[queue]\npassword = \"hunter2\"",
        "[channels.email]\nurl = \"smtp:/u:hunter2@mail\""}) {
    const auto found = mistakes(folder, toml);
    REQUIRE(found.size() == 1);
    CHECK_THAT(found[0].message, !Catch::Contains("hunter2"));
  }
  const auto empty =
      mistakes(folder, "", {{"DUENOTICE_QUEUE_PASSWORD", ""}, {"DUENOTICE_QUEUE_URL", "amqp://b/"}});
  REQUIRE(empty.size() == 1);
  CHECK(empty[0].message == "[queue] password must be a text that is not empty");
}

TEST_CASE("A control socket that no system call could take is found before anything starts") {
  const test::TemporaryFolder folder;
  const auto found = mistakes(folder, "[control]\nsocket = \"/" + std::string(120, 'x') + "\"");
  REQUIRE(found.size() == 1);
  CHECK(found[0].place == (folder / "duenotice.toml").string() + ":2");
  CHECK_THAT(found[0].message, Catch::Contains("107 bytes"));
}

TEST_CASE("Only a sandbox has a sender of its own, wherever the url comes from") {
  const test::TemporaryFolder folder;
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  const std::string url = "DUENOTICE_CHANNELS_EMAIL_URL";
  const auto real = load_configuration(std::nullopt, {{url, "smtp://mail.example"}});
  const auto named = load_configuration(
      std::nullopt, {{url, "smtps://mail.example"}, {"DUENOTICE_CHANNELS_EMAIL_FROM", "n@example.com"}});
  const auto sandbox = load_configuration(std::nullopt, {{url, "sandbox:mail"}});
  std::ofstream("other.toml") << "[channels.email]\nurl = \"sandbox:mail\"\n";
  const auto overruled = load_configuration("other.toml", {{url, "smtp://mail.example"}});
  const auto filed = load_configuration("other.toml", {});
  std::filesystem::current_path(before);
  const ConfigurationMistake missing{url,
                                     "[channels.email] from is missing: the address that notices come from"};
  CHECK(real.mistakes == std::vector{missing});
  CHECK(overruled.mistakes == std::vector{missing});
  CHECK(named.mistakes.empty());
  CHECK(named.configuration.email.from == "n@example.com");
  for (const LoadedConfiguration& each : {sandbox, filed}) {
    CHECK(each.mistakes.empty());
    CHECK(each.configuration.email.from == "notices@duenotice.invalid");
  }
}

TEST_CASE("What is secret or must outlive the log never stands in the folder that is published") {
  const test::TemporaryFolder folder;
  const auto found = mistakes(folder,
                              "[evidence]\nfolder = \"log/\"\nkey_file = \"log/../log/key\"\n"
                              "heads = \"log/tile/heads\"");
  REQUIRE(found.size() == 2);
  CHECK(found[0].place == (folder / "duenotice.toml").string() + ":3");
  CHECK_THAT(found[0].message, Catch::Contains("key_file stands in the log's folder"));
  CHECK_THAT(found[1].message, Catch::Contains("heads stands in the log's folder"));
  CHECK(mistakes(folder, "[evidence]\nfolder = \"log\"\nkey_file = \"log.key\"\nheads = \"other/log\"")
            .empty());
}
