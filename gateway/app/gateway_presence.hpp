#pragma once
#include <filesystem>

#include "gateway/app/configuration.hpp"
#include "gateway/base/json.hpp"
#include "gateway/base/result.hpp"

/// Whether a gateway runs, and whether it does its work: one answer for `status`, `doctor` and all others.

namespace duenotice::app {

/// Whether surely nobody listens at the control socket. A socket that we may not use says nothing.
bool gateway_is_away(const std::filesystem::path& socket);

enum class Presence {
  running,
  hangs,    ///< there is one, and it does not answer, or threads that everything depends on stand still
  away,     ///< nobody listens: it is stopped, or starting, or stopping
  not_ours  ///< another program is at the socket, or this user may not ask
};
/// `running`, `hangs`, `away`, `not_ours`
std::string_view presence_word(Presence presence);

struct GatewayPresence {
  Presence presence = Presence::away;
  /// Its answer to `GET /v1/status`, also from one that stands still; else why there is none.
  Result<Json> answer;
  /// The process that holds the journal while nobody answers: a gateway that starts or stops.
  std::optional<int> holder;

  /// What an operator must know of one that hangs: the names of its threads that stand still, or empty when
  /// it does not answer.
  std::string standing_still() const;
};

/// Asks once, and waits at most limits::gateway_answer_patience.
GatewayPresence look_for_gateway(const Configuration& configuration);

}  // namespace duenotice::app
