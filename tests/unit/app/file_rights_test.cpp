#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstring>
#include <fstream>

#include "gateway/app/data_folders.hpp"
#include "gateway/app/doctor_checks.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/gateway_presence.hpp"
#include "gateway/app/journal_access.hpp"
#include "gateway/app/operations_client.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace duenotice;
using namespace duenotice::app;

namespace {

/// Lets this process be a user without rights for a while: nothing is forbidden to root.
class PlainUser {
 public:
  PlainUser() {
    if (was_ == 0) REQUIRE(::seteuid(65534) == 0);
  }
  ~PlainUser() {
    if (was_ == 0 && ::seteuid(0) != 0) std::abort();
  }

 private:
  const uid_t was_ = ::geteuid();
};

/// A gateway that listens at a control socket which only its own user may use.
void close_socket(const std::filesystem::path& path) {
  const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  REQUIRE(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  REQUIRE(::listen(socket, 1) == 0);
  REQUIRE(::chmod(path.c_str(), 0600) == 0);
  ::close(socket);
}

}  // namespace

TEST_CASE("A journal that this user may not see or read is not called absent or damaged") {
  const test::TemporaryFolder folder;
  ::chmod(folder.path().c_str(), 0755);
  const auto closed = folder / "closed";
  std::filesystem::create_directory(closed);
  std::ofstream(closed / "journal.db") << "x";
  std::ofstream(folder / "journal.db") << "x";
  std::ofstream(folder / "other.db") << "x";
  std::ofstream(folder / "other.db-wal") << "x";
  ::chmod((folder / "journal.db").c_str(), 0);
  ::chmod((folder / "other.db-wal").c_str(), 0);
  ::chmod(closed.c_str(), 0);
  {
    const PlainUser user;
    for (const auto& [asked, named] : {std::pair{closed / "journal.db", closed / "journal.db"},
                                       {folder / "journal.db", folder / "journal.db"},
                                       {folder / "other.db", folder / "other.db-wal"}}) {
      const auto opened = open_journal({.path = asked});
      REQUIRE(!opened.ok());
      CHECK(opened.error().kind == ErrorKind::broken);
      CHECK(opened.error().message ==
            "no right to read " + named.string() + "; run this as the gateway's own user");
    }
    CHECK(!may_read(closed / "queue.db").ok());
    CHECK(may_read(folder / "queue.db").ok());
    LoadedConfiguration loaded;
    loaded.configuration.journal.path = closed / "journal.db";
    loaded.configuration.queue.embedded = closed / "queue.db";
    for (const Finding& finding : examine(loaded, false)) {
      if (finding.check != "journal" && finding.check != "queue") continue;
      CHECK(finding.health == Health::problem);
      CHECK_THAT(say(Language::english, finding.message), Catch::StartsWith("no right to read "));
    }
    const GatewayPresence unseen = look_for_gateway(loaded.configuration);
    CHECK(unseen.presence == Presence::not_ours);
    CHECK_THAT(unseen.answer.error().message, Catch::Contains("cannot be seen by this user"));
    CHECK(open_journal({.path = folder / "none.db"}).error().kind == ErrorKind::not_found);
  }
  ::chmod(closed.c_str(), 0700);
}

TEST_CASE("Whether a file could be made is tried out, and leaves nothing behind") {
  const test::TemporaryFolder folder;
  ::chmod(folder.path().c_str(), 0755);
  CHECK(try_making(folder / "a/b/journal.db").ok());
  CHECK(std::filesystem::is_empty(folder.path()));
  std::ofstream(folder / "file") << "x";
  CHECK(!try_making(folder / "file/journal.db").ok());
  CHECK(!try_making("/proc/x/journal.db").ok());
  if (::geteuid() == 0) {
    const PlainUser user;
    CHECK_THAT(try_making(folder / "a/journal.db").error().message, Catch::EndsWith("Permission denied"));
  }
}

TEST_CASE("A folder that cannot be made is a mistake of a key, with its place") {
  LoadedConfiguration loaded;
  loaded.places["journal.url"] = "DUENOTICE_JOURNAL_URL";
  const Status made = make_folder(loaded, "journal", "url", "/proc/x");
  REQUIRE(!made.ok());
  CHECK(made.error().message ==
        "DUENOTICE_JOURNAL_URL: [journal] url: cannot make the folder /proc/x: No such file or directory; "
        "name a place that this user can write");
  CHECK_THAT(make_folder(loaded, "queue", "url", "/proc/x").error().message,
             Catch::StartsWith("[queue] url: cannot make"));
  CHECK(make_folder(loaded, "journal", "url", "").ok());
}

TEST_CASE("An order of a user without the right to give it ends as reading the journal would") {
  const test::TemporaryFolder folder;
  ::chmod(folder.path().c_str(), 0755);
  const auto closed = folder / "closed";
  std::filesystem::create_directory(closed);
  std::ofstream(closed / "journal.db") << "x";
  ::chmod(closed.c_str(), 0);
  std::ofstream(folder / "journal.db") << "x";
  close_socket(folder / "closed.sock");
  const Json order = Json::Object{{"act", "cancel"}, {"notice", "n"}, {"operator", "li"}, {"reason", "x"}};
  const auto given = [&](const char* socket, const std::filesystem::path& journal) {
    LoadedConfiguration loaded;
    loaded.configuration.control.socket = folder / socket;
    loaded.configuration.journal.path = journal;
    const PlainUser user;
    const auto done = perform(loaded, order);
    REQUIRE(!done.ok());
    INFO(done.error().message);
    CHECK(exit_code(done.error().kind) == exit_io);
    return done.error().message;
  };
  CHECK_THAT(given("closed.sock", folder / "journal.db"), Catch::StartsWith("no right to use the control "));
  CHECK_THAT(given("none.sock", closed / "journal.db"), Catch::StartsWith("no right to read "));
  ::chmod(closed.c_str(), 0700);
}
