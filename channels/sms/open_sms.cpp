#include <filesystem>
#include <string_view>

#include "channels/sms/sms_options.hpp"
#include "channels/sms/sms_sandbox.hpp"

namespace duenotice::channels {
namespace {

constexpr std::string_view sandbox_scheme = "sandbox:";

Error wrong(std::string message) { return Error{ErrorKind::invalid, std::move(message)}; }

Status check_numbers(const SmsOptions& options) {
  const auto from_one_to = [](const std::string& option, int most) {
    return wrong(option + ": write a number from 1 to " + std::to_string(most));
  };
  if (options.connections < 1 || options.connections > limits::sms_connections_most)
    return from_one_to("connections", limits::sms_connections_most);
  if (options.max_segments < 1 || options.max_segments > limits::sms_segments_most)
    return from_one_to("max_segments", limits::sms_segments_most);
  return Done{};
}

}  // namespace

Result<std::unique_ptr<Provider>> open_sms(const SmsOptions& options) {
  if (const Status good = check_numbers(options); !good) return good.error();
  if (!options.url.starts_with(sandbox_scheme) || options.url.size() == sandbox_scheme.size()) {
    return wrong("url: write `sandbox:FOLDER`, for instance sandbox:/var/tmp/sms");
  }
  return SmsSandbox::open(std::filesystem::path(options.url.substr(sandbox_scheme.size())),
                          options.max_segments, options.connections);
}

}  // namespace duenotice::channels
