#include "gateway/http/listen_address.hpp"

#include <arpa/inet.h>

#include <charconv>

namespace duenotice::http {

namespace {

bool is_address(int family, const std::string& host) {
  in6_addr parsed{};  // large enough for either
  return ::inet_pton(family, host.c_str(), &parsed) == 1;
}

}  // namespace

std::string ListenAddress::text() const {
  const bool is_six = host.find(':') != std::string::npos;
  return (is_six ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

std::optional<ListenAddress> parse_listen_address(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos) return std::nullopt;
  ListenAddress address{text.substr(0, colon)};
  const bool in_brackets =
      address.host.size() > 2 && address.host.front() == '[' && address.host.back() == ']';
  if (in_brackets) address.host = address.host.substr(1, address.host.size() - 2);
  if (!is_address(in_brackets ? AF_INET6 : AF_INET, address.host)) return std::nullopt;
  const char* const first = text.data() + colon + 1;
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(first, last, address.port);
  if (error != std::errc() || end != last || first == last) return std::nullopt;
  return address;
}

}  // namespace duenotice::http
