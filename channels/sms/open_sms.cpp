#include <algorithm>
#include <filesystem>
#include <string_view>

#include "channels/server_url.hpp"
#include "channels/sms/http_provider.hpp"
#include "channels/sms/kannel_provider.hpp"
#include "channels/sms/sms_options.hpp"
#include "channels/sms/sms_sandbox.hpp"
#include "gateway/base/file_system.hpp"

namespace duenotice::channels {
namespace {

constexpr std::string_view sandbox_scheme = "sandbox:";
constexpr std::string_view provider_scheme = "provider:";
constexpr std::string_view kannel_scheme = "kannel://";
constexpr std::string_view kannel_tls_scheme = "kannels://";
constexpr std::string_view kannel_port = ":13013";
constexpr std::string_view kannel_path = "/cgi-bin/sendsms";

Error wrong(std::string message) { return Error{ErrorKind::invalid, std::move(message)}; }

Status check_numbers(const SmsOptions& options) {
  const auto from_one_to = [](const std::string& option, int most) {
    return wrong(option + ": write a number from 1 to " + std::to_string(most));
  };
  if (options.connections < 1 || options.connections > limits::sms_connections_most)
    return from_one_to("connections", limits::sms_connections_most);
  if (options.max_segments < 1 || options.max_segments > limits::sms_segments_most)
    return from_one_to("max_segments", limits::sms_segments_most);
  for (const Milliseconds timeout : {options.connect_timeout, options.reply_timeout}) {
    if (timeout <= Milliseconds{0} || timeout > limits::sms_timeout_most) {
      return wrong("connect_timeout and reply_timeout: write a duration of more than 0 and at most " +
                   to_text(Milliseconds(limits::sms_timeout_most)));
    }
  }
  return Done{};
}

Status check_sender(const std::string& sender) {
  const bool printable =
      std::all_of(sender.begin(), sender.end(), [](char c) { return c >= ' ' && c <= '~'; });
  if (!sender.empty() && sender.size() <= limits::sms_sender_bytes && printable) return Done{};
  return wrong("sender: write the number or the short name that recipients see, at most " +
               std::to_string(limits::sms_sender_bytes) + " ASCII characters");
}

/// `http://host:port/path` of a `kannel://…`; empty when it is none.
std::string sendsms_url(std::string_view url) {
  const bool tls = url.starts_with(kannel_tls_scheme);
  if (!tls && !url.starts_with(kannel_scheme)) return {};
  url.remove_prefix(tls ? kannel_tls_scheme.size() : kannel_scheme.size());
  const std::string_view host = url.substr(0, url.find('/'));
  const std::string_view path = url.substr(host.size());
  const std::size_t bracket = host.rfind(']');
  const bool has_port =
      host.find(':', bracket == std::string_view::npos ? 0 : bracket) != std::string_view::npos;
  const std::string out = (tls ? "https://" : "http://") + std::string(host) +
                          std::string(has_port ? "" : kannel_port) +
                          std::string(path.size() > 1 ? path : kannel_path);
  return is_server_url(out) ? out : std::string();
}

Result<std::unique_ptr<Provider>> open_kannel(const SmsOptions& options, std::string sendsms) {
  if (options.username.empty() || options.password.empty())
    return wrong("username and password: write those of Kannel's sendsms-user");
  if (const Status good = check_sender(options.sender); !good) return good.error();
  const bool http = options.report_url.starts_with("http://") || options.report_url.starts_with("https://");
  if (!http || options.report_url.ends_with('/') || options.report_url.find('%') != std::string::npos ||
      !is_server_url(options.report_url))
    return wrong(
        "report_url: write how Kannel reaches this gateway, for instance http://127.0.0.1:8075/sms/reports");
  if (options.report_key.empty()) return wrong("report_key: without it anybody could make up reports");
  if (options.report_timeout <= Milliseconds{0} || options.report_timeout > limits::sms_report_timeout_most)
    return wrong("report_timeout: write a duration of more than 0 and at most " +
                 to_text(Milliseconds(limits::sms_report_timeout_most)));
  return std::unique_ptr<Provider>(
      std::make_unique<KannelProvider>(KannelOptions{.sendsms_url = std::move(sendsms),
                                                     .username = options.username,
                                                     .password = options.password,
                                                     .sender = options.sender,
                                                     .connections = options.connections,
                                                     .max_segments = options.max_segments,
                                                     .http = {.connect_timeout = options.connect_timeout,
                                                              .reply_timeout = options.reply_timeout,
                                                              .ca_file = options.ca_file,
                                                              .username = {},
                                                              .password = {}},
                                                     .report_url = options.report_url,
                                                     .report_key = options.report_key,
                                                     .report_timeout = options.report_timeout}));
}

Result<ProviderDescription> read_provider(const std::filesystem::path& file) {
  const auto content = read_file(file, limits::provider_file_bytes);
  if (!content) return content.error();
  auto description = read_provider_description(file, *content);
  if (description) return std::move(*description);
  std::string message;
  for (const Mistake& mistake : description.error()) {
    if (!message.empty()) message += "\n";
    message += mistake.file.string() + ":" + std::to_string(mistake.line) + ": " + mistake.message;
  }
  return wrong(std::move(message));
}

bool is_one_line(const std::string& text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
}

Result<std::unique_ptr<Provider>> open_http(const SmsOptions& options, const std::filesystem::path& file) {
  auto provider = read_provider(file);
  if (!provider) return provider.error();
  if ((provider->needs_secret || provider->basic_login) && options.password.empty())
    return wrong("password: " + file.string() + " has a place for a secret");
  if (provider->basic_login && options.username.empty())
    return wrong("username: " + file.string() + " wants a login");
  if (provider->needs_sender) {
    if (const Status good = check_sender(options.sender); !good) return good.error();
  }
  // Both may go into a header.
  if (!is_one_line(options.username) || !is_one_line(options.password))
    return wrong("username and password: they must be one line");
  HttpProviderOptions out;
  out.account.sender = options.sender;
  out.account.username = options.username;
  out.account.secret = options.password;
  out.connections = options.connections;
  out.max_segments = options.max_segments;
  out.http.connect_timeout = options.connect_timeout;
  out.http.reply_timeout = options.reply_timeout;
  out.http.ca_file = options.ca_file;
  if (provider->basic_login) {
    out.http.username = options.username;
    out.http.password = options.password;
  }
  out.provider = std::move(*provider);
  return std::unique_ptr<Provider>(std::make_unique<HttpProvider>(std::move(out)));
}

}  // namespace

Result<std::unique_ptr<Provider>> open_sms(const SmsOptions& options) {
  if (const Status good = check_numbers(options); !good) return good.error();
  if (options.url.starts_with(sandbox_scheme) && options.url.size() > sandbox_scheme.size()) {
    return SmsSandbox::open(std::filesystem::path(options.url.substr(sandbox_scheme.size())),
                            options.max_segments, options.connections);
  }
  if (options.url.starts_with(provider_scheme) && options.url.size() > provider_scheme.size())
    return open_http(options, std::filesystem::path(options.url.substr(provider_scheme.size())));
  std::string sendsms = sendsms_url(options.url);
  if (!sendsms.empty()) return open_kannel(options, std::move(sendsms));
  return wrong(
      "url: write `kannel://host:port`, `kannels://host:port`, `provider:FILE` or `sandbox:FOLDER`; user and "
      "password "
      "have options of their own");
}

}  // namespace duenotice::channels
