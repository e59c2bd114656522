#include "channels/sms/kannel_provider.hpp"

#include "channels/sms/kannel_reply_policy.hpp"
#include "channels/sms/kannel_request.hpp"
#include "channels/sms/sms_message.hpp"

namespace duenotice::channels {
namespace {

class KannelLane final : public Lane {
 public:
  explicit KannelLane(const KannelOptions& options) : options_(options), client_(options.http) {}

  OutcomeReport hand_over(const HandOver& message) override {
    return kannel_report_of(client_.exchange({.url = kannel_request_url(options_, message)}));
  }
  void abort() override { client_.abort(); }

 private:
  const KannelOptions options_;
  HttpClient client_;
};

Error unusable(const std::string& url, const std::string& why) {
  return Error{ErrorKind::unavailable, "Kannel at " + url + " cannot be used: " + why};
}

}  // namespace

Milliseconds KannelProvider::guard() const {
  return options_.http.connect_timeout + options_.http.reply_timeout + options_.report_timeout;
}

Result<Composed, Unfit> KannelProvider::compose(const Composition& composition) const {
  return compose_sms(composition, options_.max_segments);
}

std::unique_ptr<Lane> KannelProvider::open_lane() const { return std::make_unique<KannelLane>(options_); }

Status KannelProvider::check() const {
  const HttpFacts facts = HttpClient(options_.http).exchange({.url = kannel_login_url(options_)});
  if (facts.end != HttpEnd::answered)
    return unusable(options_.sendsms_url, "it does not answer (" + report_without_answer(facts).code + ")");
  if (facts.status == 400) return Done{};
  const std::string said = std::to_string(facts.status) + " " + facts.body.substr(0, 200);
  return unusable(options_.sendsms_url, facts.status == 403 ? "it refuses our login: " + said
                                                            : "it answers what Kannel would not: " + said);
}

}  // namespace duenotice::channels
