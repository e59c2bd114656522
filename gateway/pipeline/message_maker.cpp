#include "gateway/pipeline/message_maker.hpp"

#include "channels/in_site/in_site_message.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/base/utf8.hpp"
#include "gateway/notice/address.hpp"

namespace duenotice {

std::vector<Channel> MessageMaker::configured() const {
  std::vector<Channel> channels;
  for (const auto& [channel, provider] : providers_) channels.push_back(channel);
  if (in_site_enabled_) channels.push_back(Channel::in_site);
  return channels;
}

Milliseconds MessageMaker::guard(Channel channel) const {
  const auto found = providers_.find(channel);
  return found == providers_.end() ? limits::in_site_midnight_guard : found->second->guard();
}

Milliseconds MessageMaker::report_bound(Channel channel) const {
  const auto found = providers_.find(channel);
  const auto bound = found == providers_.end() ? std::nullopt : found->second->report_bound();
  return bound.value_or(limits::sms_report_timeout_default);
}

bool MessageMaker::sandbox(Channel channel) const {
  const auto found = providers_.find(channel);
  return found != providers_.end() && found->second->sandbox();
}

namespace {

/// The text that takes most room; empty when the kind has none.
std::string longest_text(const Kind& kind, const Json& variables) {
  std::string longest;
  std::size_t most = 0;
  for (const auto& [name, type] : kind.variables) {
    if (type != VariableType::string) continue;
    const std::size_t length = code_points(*variables.find(name)->as_string()).size();
    if (length <= most) continue;
    most = length;
    longest = "'" + name + "' (" + std::to_string(length) + " characters)";
  }
  return longest;
}

Rejection unfit(const RenderingOrder& order, const channels::Unfit& why) {
  using enum channels::Unfit::Part;
  const std::string pointer =
      order.request.pointer_prefix + (why.part == recipient ? "/recipient" : "/variables");
  if (why.part != length) return {RejectionCode::invalid_value, pointer, why.message};
  const std::string longest = longest_text(order.kind, order.request.variables);
  return {RejectionCode::invalid_value, pointer,
          why.message + "; shorten the variables" + (longest.empty() ? "" : ", " + longest + " first") +
              ", or leave the channel " + std::string(to_text(order.channel)) +
              " out: name the others in 'channels'"};
}

}  // namespace

Result<Rendering, Rejection> MessageMaker::make(const RenderingOrder& order) const {
  auto words = library_.get()->render({.agreement = order.agreement,
                                       .kind = order.kind,
                                       .language = order.language,
                                       .channel = order.channel,
                                       .recipient_name = order.request.recipient.name,
                                       .account_id = order.request.account_id,
                                       .reference = order.request.reference,
                                       .effective_date = order.effective_date,
                                       .variables = order.request.variables});
  if (!words) {
    Rejection rejection = words.error();
    rejection.pointer = order.request.pointer_prefix + rejection.pointer;
    return rejection;
  }
  Rendering rendering{.channel = order.channel,
                      .revision = order.revision,
                      .template_digest = words->template_digest,
                      .reason = "accepted",
                      .address = order.address,
                      .address_masked = mask_address(order.channel, order.address),
                      .made_at = order.now};
  if (const auto provider = providers_.find(order.channel); provider != providers_.end()) {
    auto composed = provider->second->compose(
        {.words = {std::move(words->subject), std::move(words->text), std::move(words->html)},
         .notice_id = order.notice_id,
         .revision = order.revision,
         .to_name = order.request.recipient.name,
         .to_address = order.address,
         .language = order.language,
         .made_at = order.now});
    if (!composed) return unfit(order, composed.error());
    rendering.content = std::move(composed->content);
    rendering.message_id = std::move(composed->message_id);
  } else if (order.channel != Channel::in_site) {
    return Rejection{RejectionCode::channel_not_configured, order.request.pointer_prefix + "/channels",
                     "the channel is not configured any more"};
  } else {
    rendering.content = channels::in_site_content(
        {.subject = std::move(words->subject), .text = std::move(words->text), .html = {}});
  }
  rendering.digest = sha256(rendering.content);
  return rendering;
}

}  // namespace duenotice
