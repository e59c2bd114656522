#pragma once
#include <string>

#include "channels/channel.hpp"
#include "channels/sms/kannel_options.hpp"

namespace duenotice::channels {

/// The whole `sendsms` URL of one message, with one recipient. The text goes as UTF-8: with `coding=0` Kannel
/// makes GSM-7 of it, with `coding=2` UCS-2; without that parameter every Chinese character would become a
/// question mark. All reports are asked for (`dlr-mask=31`).
std::string kannel_request_url(const KannelOptions& options, const HandOver& message);

/// Asks with our login for nothing: Kannel looks at the login first and then misses the recipient.
std::string kannel_login_url(const KannelOptions& options);

}  // namespace duenotice::channels
