#include "gateway/app/configuration.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "gateway/app/configuration_file.hpp"
#include "gateway/app/configuration_keys.hpp"
#include "gateway/app/wiring.hpp"
#include "gateway/base/file_system.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace duenotice;
using namespace duenotice::app;
using namespace std::chrono_literals;

namespace {

LoadedConfiguration load(const test::TemporaryFolder& folder, const std::string& toml,
                         const Environment& environment = {}) {
  std::ofstream(folder / "duenotice.toml") << toml;
  return load_configuration(folder / "duenotice.toml", environment);
}

}  // namespace

TEST_CASE("Every key reaches its place") {
  const test::TemporaryFolder folder;
  const auto loaded = load(folder, R"(
[journal]
url = "sqlite:/var/lib/duenotice/journal.db"
reserve = "8MB"
low_space = 100000000
drain = "90s"
[control]
socket = "/run/duenotice.sock"
[queue]
url = "amqps://gateway@broker.example:5671/legal"
password_file = "/etc/secrets/queue"
ca_file = "/etc/ca.pem"
requests = "legal.requests"
dead_letters = "legal.rejected"
events = "legal.events"
event_source = "https://legal.example/notices"
declare = false
prefetch = 17
prefetch_bytes = "1MiB"
max_body = "500KB"
dead_letter_ttl = "7d"
[agreements]
path = "/srv/agreements"
[calendar]
file = "/srv/rest_days.toml"
[channels.email]
url = "smtp://mail.example:587"
from = "Example Ltd. <notices@example.com>"
tls = "opportunistic"
ca_file = "/etc/mail-ca.pem"
connections = 9
rate = 40
connect_timeout = "5s"
reply_timeout = "6s"
final_reply_timeout = "7s"
bounce_address = "bounces@example.com"
verp_key_file = "/etc/verp"
handover = "provider"
on_unknown = "hold"
unknown_resends = 2
retry_schedule = ["2m"]
retry_attempts = 7
[channels.in_site]
enabled = false
[retry]
schedule = ["10s", "1m"]
attempts = 3
[log]
level = "warning"
format = "text"
)");
  REQUIRE(loaded.mistakes.empty());
  const Configuration& c = loaded.configuration;
  CHECK(c.journal.path == "/var/lib/duenotice/journal.db");
  CHECK(c.journal.reserve_bytes == 8'000'000);
  CHECK(c.journal.low_space_bytes == 100'000'000);
  CHECK(c.journal.drain == 90s);
  CHECK(c.control.socket == "/run/duenotice.sock");
  CHECK(!c.queue.embedded.has_value());
  CHECK(c.queue.url == "amqps://gateway@broker.example:5671/legal");
  CHECK(c.queue.password.file == std::filesystem::path("/etc/secrets/queue"));
  CHECK(c.queue.ca_file == std::filesystem::path("/etc/ca.pem"));
  CHECK(c.queue.requests == "legal.requests");
  CHECK(c.queue.dead_letters == "legal.rejected");
  CHECK(c.queue.events == "legal.events");
  CHECK(c.queue.event_source == "https://legal.example/notices");
  CHECK(!c.queue.declare);
  CHECK(c.queue.prefetch == 17);
  CHECK(c.queue.prefetch_bytes == 1'048'576);
  CHECK(c.queue.max_body == 500'000);
  CHECK(c.queue.dead_letter_ttl == 24h * 7);
  CHECK(c.agreements.path == "/srv/agreements");
  CHECK(c.calendar.file == std::filesystem::path("/srv/rest_days.toml"));
  CHECK(c.email.url == "smtp://mail.example:587");
  CHECK(c.email.from == "Example Ltd. <notices@example.com>");
  CHECK(c.email.tls == EmailTls::opportunistic);
  CHECK(c.email.ca_file == std::filesystem::path("/etc/mail-ca.pem"));
  CHECK(c.email.connections == 9);
  CHECK(c.email.rate == 40);
  CHECK(c.email.connect_timeout == 5s);
  CHECK(c.email.reply_timeout == 6s);
  CHECK(c.email.final_reply_timeout == 7s);
  CHECK(c.email.bounce_address == "bounces@example.com");
  CHECK(c.email.verp_key_file == std::filesystem::path("/etc/verp"));
  CHECK(c.email.on_unknown == OnUnknown::hold);
  CHECK(c.email.unknown_resends == 2);
  CHECK(c.email.retry.schedule == std::vector<Milliseconds>{2min});
  CHECK(c.email.retry.attempts == 7);
  CHECK(!c.in_site.enabled);
  CHECK(c.retry.schedule == std::vector<Milliseconds>{10s, 1min});
  CHECK(c.retry.attempts == 3);
  CHECK(c.log.level == LogLevel::warning);
  CHECK(c.log.format == LogFormat::text);
}

TEST_CASE("Status events can be switched off") {
  const test::TemporaryFolder folder;
  const auto loaded = load(folder, "[queue]\nevents = \"\"\n[channels.in_site]\nenabled = true\n");
  REQUIRE(loaded.mistakes.empty());
  CHECK(loaded.configuration.queue.events.empty());
}

TEST_CASE("Without a file everything lies below duenotice-data and email goes into the sandbox") {
  const auto loaded = load_configuration(std::filesystem::path("/dev/null"), {});
  CHECK(loaded.mistakes.empty());
  CHECK(!loaded.configuration.email.enabled());

  const test::TemporaryFolder folder;
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  const auto bare = load_configuration(std::nullopt, {});
  std::filesystem::current_path(before);
  REQUIRE(bare.mistakes.empty());
  CHECK(!bare.file.has_value());
  CHECK(bare.configuration.journal.path == "duenotice-data/journal.db");
  CHECK(bare.configuration.control.socket == "duenotice-data/journal.db.sock");
  CHECK(bare.configuration.queue.embedded == std::filesystem::path("duenotice-data/queue.db"));
  CHECK(bare.configuration.email.sandbox == std::filesystem::path("duenotice-data/mail"));
  CHECK(bare.configuration.email.url.empty());
  CHECK(bare.configuration.sms.sandbox == std::filesystem::path("duenotice-data/sms"));
  CHECK(bare.configuration.agreements.path.string().ends_with("/share/duenotice/agreements"));
}

TEST_CASE("Without a file the sandboxes are there only where the environment names no channel") {
  const test::TemporaryFolder folder;
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  const auto mail = load_configuration(std::nullopt, {{"DUENOTICE_CHANNELS_EMAIL_URL", "smtp://127.0.0.1"},
                                                      {"DUENOTICE_CHANNELS_EMAIL_FROM", "a@example.com"}});
  const auto sms = load_configuration(std::nullopt, {{"DUENOTICE_CHANNELS_SMS_URL", "sandbox:here"}});
  std::filesystem::current_path(before);
  REQUIRE(mail.mistakes.empty());
  CHECK_FALSE(mail.configuration.email.sandbox.has_value());
  CHECK_FALSE(mail.configuration.sms.enabled());
  REQUIRE(sms.mistakes.empty());
  CHECK_FALSE(sms.configuration.email.enabled());
  CHECK(sms.configuration.sms.sandbox == std::filesystem::path("here"));
}

TEST_CASE(
    "The configuration file is the one asked for, then the environment's, then that of the working folder") {
  const test::TemporaryFolder folder;
  std::ofstream(folder / "duenotice.toml") << "[queue]\nprefetch = 1\n";
  std::ofstream(folder / "other.toml") << "[queue]\nprefetch = 2\n";
  std::ofstream(folder / "third.toml") << "[queue]\nprefetch = 3\n";
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  const Environment named{{"DUENOTICE_CONFIG", "other.toml"}};
  CHECK(load_configuration(std::nullopt, {}).configuration.queue.prefetch == 1);
  CHECK(load_configuration(std::nullopt, named).configuration.queue.prefetch == 2);
  CHECK(load_configuration("third.toml", named).configuration.queue.prefetch == 3);
  std::filesystem::current_path(before);
}

TEST_CASE("Relative paths of a file belong to its folder, those of the environment to the working folder") {
  const test::TemporaryFolder folder;
  const auto loaded = load(folder,
                           "[journal]\nurl = \"sqlite:data/j.db\"\n[queue]\npassword_file = \"../secret\"\n"
                           "url = \"amqp://broker/\"",
                           {{"DUENOTICE_AGREEMENTS_PATH", "here/agreements"}});
  REQUIRE(loaded.mistakes.empty());
  CHECK(loaded.configuration.journal.path == folder / "data/j.db");
  CHECK(loaded.configuration.control.socket == folder / "data/j.db.sock");
  CHECK(loaded.configuration.queue.password.file == folder.path().parent_path() / "secret");
  CHECK(loaded.configuration.agreements.path == "here/agreements");
}

TEST_CASE("The environment wins over the file, whatever the type of the key") {
  const test::TemporaryFolder folder;
  const auto loaded = load(folder, "[queue]\nprefetch = 5\ndeclare = true\n[retry]\nschedule = [\"1h\"]\n",
                           {{"DUENOTICE_QUEUE_PREFETCH", "6"},
                            {"DUENOTICE_QUEUE_DECLARE", "false"},
                            {"DUENOTICE_QUEUE_URL", "amqp://user:word@broker/"},
                            {"DUENOTICE_RETRY_SCHEDULE", "1m, 5m,2h"},
                            {"DUENOTICE_JOURNAL_LOW_SPACE", "300MB"},
                            {"DUENOTICE_CHANNELS_EMAIL_URL", "smtp://mail/"},
                            {"DUENOTICE_CHANNELS_EMAIL_FROM", "a@example.com"},
                            {"DUENOTICE_CHANNELS_IN_SITE_ENABLED", "false"},
                            {"UNRELATED", "x"}});
  REQUIRE(loaded.mistakes.empty());
  CHECK(loaded.configuration.queue.prefetch == 6);
  CHECK(!loaded.configuration.queue.declare);
  CHECK(loaded.configuration.queue.url == "amqp://user:word@broker/");
  CHECK(loaded.configuration.retry.schedule == std::vector<Milliseconds>{1min, 5min, 2h});
  CHECK(loaded.configuration.journal.low_space_bytes == 300'000'000);
  CHECK(!loaded.configuration.in_site.enabled);
  CHECK(loaded.places.at("queue.prefetch") == "DUENOTICE_QUEUE_PREFETCH");
}

TEST_CASE("What is shown of a configuration holds no secret") {
  const test::TemporaryFolder folder;
  const auto loaded = load(folder, "[queue]\nprefetch = 5\n",
                           {{"DUENOTICE_QUEUE_URL", "amqp://user:hidden-1@broker/"},
                            {"DUENOTICE_CHANNELS_EMAIL_URL", "smtp://mail/"},
                            {"DUENOTICE_CHANNELS_EMAIL_FROM", "a@example.com"},
                            {"DUENOTICE_CHANNELS_EMAIL_USERNAME", "u"},
                            {"DUENOTICE_CHANNELS_EMAIL_PASSWORD", "hidden-2"}});
  REQUIRE(loaded.mistakes.empty());
  std::string shown;
  for (const ConfigurationLine& line : describe(loaded)) {
    shown += line.section + "." + line.key + "=" + line.value + "@" + line.place + "\n";
  }
  CHECK_THAT(shown, !Catch::Contains("hidden"));
  CHECK_THAT(shown, Catch::Contains("queue.url=amqp://user:***@broker/@DUENOTICE_QUEUE_URL"));
  CHECK_THAT(shown, Catch::Contains("channels.email.password=(set)@DUENOTICE_CHANNELS_EMAIL_PASSWORD"));
  CHECK_THAT(shown, Catch::Contains("queue.prefetch=5@" + (folder / "duenotice.toml").string() + ":2"));
  CHECK_THAT(shown, Catch::Contains("retry.attempts=60@default"));
}

TEST_CASE("A channel has a retry schedule of its own, or that of all") {
  const test::TemporaryFolder folder;
  const auto loaded = load(folder,
                           "[channels.email]\nurl = \"sandbox:mail\"\nretry_schedule = [\"2m\", \"3m\"]\n"
                           "[channels.sms]\nurl = \"sandbox:sms\"\nretry_attempts = 9\n"
                           "[retry]\nschedule = [\"1h\"]\nattempts = 4\n");
  REQUIRE(loaded.mistakes.empty());
  const PipelineSettings settings = pipeline_settings(loaded.configuration);
  CHECK(settings.retry_for(Channel::email).schedule == std::vector<Milliseconds>{2min, 3min});
  CHECK(settings.retry_for(Channel::email).attempts == 4);
  CHECK(settings.retry_for(Channel::sms).schedule == std::vector<Milliseconds>{1h});
  CHECK(settings.retry_for(Channel::sms).attempts == 9);
  CHECK(settings.retry_for(Channel::in_site).attempts == 4);
  std::string shown;
  for (const ConfigurationLine& line : describe(loaded))
    shown += line.section + "." + line.key + "=" + line.value + "\n";
  CHECK_THAT(shown, Catch::Contains("channels.email.retry_schedule=2m, 3m\n"));
  CHECK_THAT(shown, Catch::Contains("channels.email.retry_attempts=4\n"));
  CHECK_THAT(shown, Catch::Contains("channels.sms.retry_schedule=1h\n"));
  CHECK_THAT(shown, Catch::Contains("channels.sms.retry_attempts=9\n"));
}

TEST_CASE("A secret is read when it is needed, and the environment wins") {
  const test::TemporaryFolder folder;
  std::ofstream(folder / "password") << "from the file\n";
  CHECK(*Secret{}.read() == "");
  CHECK(*Secret{folder / "password", ""}.read() == "from the file");
  CHECK(*Secret{folder / "password", "from outside"}.read() == "from outside");
  CHECK(!Secret{folder / "missing", ""}.read().ok());
}

TEST_CASE("The example configuration is valid, has every key, and its comments tell the defaults") {
  const std::filesystem::path example = std::filesystem::path(SOURCE_DIR) / "gateway/app/example.toml";
  CHECK(load_configuration(example, {}).mistakes.empty());

  // The same with every key in force: what starts with `#name = ` is a key that is commented out.
  const test::TemporaryFolder folder;
  std::ifstream in(example);
  std::ofstream out(folder / "duenotice.toml");
  for (std::string line; std::getline(in, line);) {
    const bool key = line.size() > 2 && line[0] == '#' && line[1] >= 'a' && line[1] <= 'z' &&
                     line.find(" = ") != std::string::npos;
    out << (key ? line.substr(1) : line) << "\n";
  }
  out.close();
  const ConfigurationFile file = read_configuration_file(folder / "duenotice.toml");
  REQUIRE(file.mistakes.empty());

  Configuration defaults;
  const std::vector<std::string> without_default = {
      "socket",         "password_file", "ca_file",    "username",        "from", "path",   "verp_key_file",
      "bounce_address", "sender",        "report_url", "report_key_file", "file", "folder", "key_file",
      "heads",          "seals",         "witnesses",  "master_key_file"};
  for (const ConfigurationKey& key : configuration_keys()) {
    if (key.environment_only) continue;
    INFO("[" << key.section << "] " << key.name);
    const auto found = std::find_if(file.settings.begin(), file.settings.end(), [&](const Setting& setting) {
      return setting.section == key.section && setting.key == key.name;
    });
    REQUIRE(found != file.settings.end());
    Configuration taken;
    Setting setting = *found;
    setting.folder.clear();
    REQUIRE(!key.take(taken, setting).has_value());
    const bool has_default =
        std::find(without_default.begin(), without_default.end(), key.name) == without_default.end() &&
        !(key.section.starts_with("channels.") && key.name == "url");
    if (has_default) CHECK(key.show(taken) == key.show(defaults));
  }
}
