#include "gateway/app/gateway_presence.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>

#include "gateway/app/data_folders.hpp"
#include "gateway/base/file_system.hpp"
#include "gateway/base/json_members.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/http/control_client.hpp"
#include "gateway/journal/sqlite_journal.hpp"

namespace duenotice::app {

bool gateway_is_away(const std::filesystem::path& socket) {
  sockaddr_un address{};
  const std::string path = socket.string();
  if (path.size() >= sizeof address.sun_path) return false;
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, path.size());
  const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (descriptor < 0) return false;
  const int result = ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  const bool away = result != 0 && (errno == ENOENT || errno == ECONNREFUSED);
  ::close(descriptor);
  return away;
}

std::string_view presence_word(Presence presence) {
  switch (presence) {
    case Presence::running:
      return "running";
    case Presence::hangs:
      return "hangs";
    case Presence::away:
      return "away";
    case Presence::not_ours:
      return "not_ours";
  }
  return {};
}

std::string GatewayPresence::standing_still() const {
  return answer ? text_at(*answer, "standing_still") : std::string();
}

GatewayPresence look_for_gateway(const Configuration& configuration) {
  const std::filesystem::path& socket = configuration.control.socket;
  const auto response = http::ControlClient(socket, limits::gateway_answer_patience).get("/v1/status");
  if (!response && response.error().kind != ErrorKind::unavailable)
    return {Presence::not_ours, response.error(), {}};
  // To a user who may not see its folder it looks as if there were none.
  if (const Status right = may_read(configuration.journal.path); !response && !right) {
    return {Presence::not_ours,
            Error{ErrorKind::broken,
                  "whether a gateway runs and what waits for it cannot be seen by this user; run this as the "
                  "gateway's own user"},
            {}};
  }
  if (!response && gateway_is_away(socket))
    return {Presence::away, response.error(), lock_holder(journal_lock(configuration.journal.path))};
  if (!response) {
    return {Presence::hangs,
            Error{ErrorKind::unavailable,
                  "the gateway at " + socket.string() + " runs and does not answer: it hangs"},
            {}};
  }
  auto status = parse_json(response->body);
  if (response->status != 200 || !status || status->as_object() == nullptr) {
    return {Presence::not_ours,
            Error{ErrorKind::unavailable,
                  "what answers at " + socket.string() + " is no gateway; is another program at the socket?"},
            {}};
  }
  GatewayPresence found{Presence::running, std::move(*status), {}};
  if (!found.standing_still().empty()) found.presence = Presence::hangs;
  return found;
}

}  // namespace duenotice::app
