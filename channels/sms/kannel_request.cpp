#include "channels/sms/kannel_request.hpp"

#include "channels/sms/kannel_report.hpp"
#include "channels/sms/sms_encoding.hpp"
#include "gateway/base/url.hpp"

namespace duenotice::channels {

std::string kannel_request_url(const KannelOptions& options, const HandOver& message) {
  const SmsSize size = measure_sms(message.content);
  const bool plain = size.encoding == SmsEncoding::gsm7;
  return options.sendsms_url + "?" +
         query_text({{"username", options.username},
                     {"password", options.password},
                     {"from", options.sender},
                     {"to", message.address},
                     {"coding", plain ? "0" : "2"},
                     {"charset", "UTF-8"},
                     {"text", message.content},
                     {"dlr-mask", "31"},
                     {"dlr-url", kannel_report_url(options.report_url, options.report_key, message.notice_id,
                                                   message.attempt, size.segments)}});
}

std::string kannel_login_url(const KannelOptions& options) {
  return options.sendsms_url + "?" +
         query_text({{"username", options.username}, {"password", options.password}});
}

}  // namespace duenotice::channels
