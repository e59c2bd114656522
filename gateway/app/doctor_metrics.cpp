#include "gateway/app/doctor_metrics.hpp"

#include "gateway/http/loopback_server.hpp"

namespace duenotice::app {

Finding check_metrics(const Configuration& configuration, const GatewayPresence& gateway) {
  const std::string& listen = configuration.metrics.listen;
  const auto address = http::parse_loopback(listen);
  if (!address) return {"metrics", Health::ok, "switched off with [metrics] listen"};
  if (gateway.presence == Presence::hangs && !gateway.answer)
    return {"metrics", Health::warning, "the gateway hangs, so it cannot be asked for them"};
  if (gateway.answer) {
    const Json* served = gateway.answer->find("metrics");
    if (served != nullptr && served->as_string() != nullptr)
      return {"metrics", Health::ok, {"served at http://{0}/metrics", {*served->as_string()}}};
    return {"metrics",
            Health::warning,
            {"the gateway could not have {0} when it was started, so it serves none; name another port in "
             "[metrics] listen and start it again",
             {listen}}};
  }
  const auto trial = http::LoopbackServer::start(*address, {});
  if (trial) return {"metrics", Health::ok, {"{0} is free for them", {listen}}};
  if (gateway.presence == Presence::not_ours)
    return {"metrics", Health::warning, {"whether {0} is free cannot be seen by this user", {listen}}};
  return {"metrics",
          Health::warning,
          {"another program has {0}, so the gateway would serve none; name another port in [metrics] listen",
           {listen}}};
}

}  // namespace duenotice::app
