#include "channels/sms/http_provider.hpp"

#include "channels/sms/sms_message.hpp"

namespace duenotice::channels {
namespace {

class HttpLane final : public Lane {
 public:
  explicit HttpLane(const HttpProviderOptions& options) : options_(options), client_(options.http) {}

  OutcomeReport hand_over(const HandOver& message) override {
    ProviderValues values = options_.account;
    values.to = message.address;
    values.to_digits = message.address.substr(message.address.starts_with('+') ? 1 : 0);
    values.text = message.content;
    values.id = message.notice_id + "." + std::to_string(message.revision);
    return provider_report_of(options_.provider,
                              client_.exchange(provider_request(options_.provider, values)));
  }
  void abort() override { client_.abort(); }

 private:
  const HttpProviderOptions options_;
  HttpClient client_;
};

}  // namespace

Milliseconds HttpProvider::guard() const {
  return options_.http.connect_timeout + options_.http.reply_timeout;
}

Result<Composed, Unfit> HttpProvider::compose(const Composition& composition) const {
  return compose_sms(composition, options_.max_segments);
}

std::unique_ptr<Lane> HttpProvider::open_lane() const { return std::make_unique<HttpLane>(options_); }

Status HttpProvider::check() const {
  const std::string& url = options_.provider.url;
  const std::string server = url.substr(0, url.find('/', url.find("://") + 3)) + "/";
  const Status reached = HttpClient(options_.http).reach(server);
  if (reached) return reached;
  return Error{reached.error().kind,
               options_.provider.name + " at " + server + " cannot be reached: " + reached.error().message};
}

}  // namespace duenotice::channels
