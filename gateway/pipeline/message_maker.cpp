#include "gateway/pipeline/message_maker.hpp"

#include "channels/in_site/in_site_message.hpp"
#include "gateway/base/limits.hpp"
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
    if (!composed) {
      const bool words_unfit = composed.error().part == channels::Unfit::Part::words;
      return Rejection{RejectionCode::invalid_value,
                       order.request.pointer_prefix + (words_unfit ? "/variables" : "/recipient"),
                       composed.error().message};
    }
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
