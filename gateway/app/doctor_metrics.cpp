#include "gateway/app/doctor_metrics.hpp"

#include "gateway/base/json.hpp"
#include "gateway/http/control_client.hpp"
#include "gateway/http/loopback_server.hpp"

namespace duenotice::app {

Finding check_metrics(const Configuration& configuration) {
  const std::string& listen = configuration.metrics.listen;
  const auto address = http::parse_loopback(listen);
  if (!address) return {"metrics", Health::ok, "switched off with [metrics] listen"};
  const auto answer = http::ControlClient(configuration.control.socket).get("/v1/status");
  if (answer) {
    const auto status = parse_json(answer->body);
    const Json* served = status ? status->find("metrics") : nullptr;
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
  return {"metrics",
          Health::warning,
          {"another program has {0}, so the gateway would serve none; name another port in [metrics] listen",
           {listen}}};
}

}  // namespace duenotice::app
