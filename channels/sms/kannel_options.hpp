#pragma once
#include <string>

#include "channels/http_client.hpp"

namespace duenotice::channels {

/// A Kannel of our own, checked.
struct KannelOptions {
  std::string sendsms_url;  ///< `http://127.0.0.1:13013/cgi-bin/sendsms`
  std::string username;
  std::string password;
  std::string sender;
  int connections = 1;
  int max_segments = 1;
  HttpSettings http;
  std::string report_url;  ///< where its reports go, without a final slash
  std::string report_key;
  Milliseconds report_timeout{};
};

}  // namespace duenotice::channels
