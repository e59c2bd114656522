#include "gateway/agreement/plan.hpp"

#include <algorithm>

namespace duenotice {
namespace {

bool contains(std::span<const Channel> channels, Channel channel) {
  return std::find(channels.begin(), channels.end(), channel) != channels.end();
}

const std::optional<std::string>& address_for(const Recipient& recipient, Channel channel) {
  switch (channel) {
    case Channel::email:
      return recipient.email;
    case Channel::in_site:
      return recipient.user_id;
    case Channel::sms:
      return recipient.phone;
  }
  return recipient.email;
}

std::string_view address_field(Channel channel) {
  switch (channel) {
    case Channel::email:
      return "email";
    case Channel::in_site:
      return "user_id";
    case Channel::sms:
      return "phone";
  }
  return {};
}

int required_channels(const Kind& kind) {
  switch (kind.required.rule) {
    case Required::Rule::any:
      return 1;
    case Required::Rule::all:
      return static_cast<int>(kind.channels.size());
    case Required::Rule::number:
      return kind.required.number;
  }
  return 1;
}

std::string words(const std::vector<Channel>& channels) {
  std::string out;
  for (const Channel channel : channels) {
    if (!out.empty()) out += ", ";
    out += to_text(channel);
  }
  return out;
}

class Planner {
 public:
  Planner(const Kind& kind, const Request& request, std::span<const Channel> configured)
      : kind_(kind), request_(request), configured_(configured) {}

  Result<Plan, Rejection> plan() {
    if (auto refusal = refuse_named_channels()) return *refusal;
    plan_.required = required_channels(kind_);
    for (const Channel channel : kind_.channels) add(channel, true);
    for (const Channel channel : kind_.copies) add(channel, false);
    const auto counting = std::count_if(plan_.deliveries.begin(), plan_.deliveries.end(),
                                        [](const PlannedDelivery& delivery) { return delivery.counts; });
    if (counting >= plan_.required) return std::move(plan_);
    return never_satisfied();
  }

 private:
  /// A channel that the request names must be usable: leaving it out silently would not be what was asked
  /// for.
  std::optional<Rejection> refuse_named_channels() const {
    if (!request_.channels) return std::nullopt;
    for (std::size_t i = 0; i < request_.channels->size(); ++i) {
      const Channel channel = (*request_.channels)[i];
      const std::string word(to_text(channel));
      const std::string place = request_.pointer_prefix + "/channels/" + std::to_string(i);
      if (!contains(kind_.channels, channel) && !contains(kind_.copies, channel)) {
        return Rejection{RejectionCode::channel_not_allowed, place,
                         "clause " + kind_.clause + " does not allow the channel " + word + " for " +
                             kind_.name + "; name only " + words(kind_.channels) +
                             (kind_.copies.empty() ? "" : ", ") + words(kind_.copies)};
      }
      if (!contains(configured_, channel)) {
        return Rejection{
            RejectionCode::channel_not_configured, place,
            "the channel " + word + " is not configured in this gateway; leave it out or configure it"};
      }
      if (!address_for(request_.recipient, channel)) {
        return Rejection{RejectionCode::no_usable_address, recipient_field(channel),
                         "the channel " + word + " needs recipient." + std::string(address_field(channel)) +
                             "; add it or leave the channel out"};
      }
    }
    return std::nullopt;
  }

  void add(Channel channel, bool counts) {
    if (request_.channels && !contains(*request_.channels, channel)) {
      if (counts) left_out_.push_back(channel);
      return;
    }
    const auto& address = address_for(request_.recipient, channel);
    const bool is_configured = contains(configured_, channel);
    if (address && is_configured) {
      plan_.deliveries.push_back({channel, counts, *address});
    } else if (counts) {
      (address ? not_configured_ : without_address_).push_back(channel);
    }
  }

  /// Names what stands in the way, the publisher's own doing first.
  Rejection never_satisfied() const {
    const std::string demand = "clause " + kind_.clause + " demands " + std::to_string(plan_.required) +
                               (plan_.required == 1 ? " channel" : " channels") + " of " +
                               words(kind_.channels);
    if (!left_out_.empty()) {
      return {RejectionCode::channel_not_allowed, request_.pointer_prefix + "/channels",
              demand + ", which the channels named cannot satisfy; add " + words(left_out_)};
    }
    if (without_address_.empty()) {
      return {RejectionCode::channel_not_configured, "",
              demand + "; not configured in this gateway: " + words(not_configured_)};
    }
    std::string missing;
    for (const Channel channel : without_address_) {
      missing += (missing.empty() ? "recipient." : ", recipient.") + std::string(address_field(channel));
    }
    const std::string pointer = without_address_.size() == 1 ? recipient_field(without_address_.front())
                                                             : request_.pointer_prefix + "/recipient";
    return {RejectionCode::no_usable_address, pointer,
            demand + "; without an address: " + words(without_address_) + "; add " + missing +
                (not_configured_.empty() ? "" : " (not configured: " + words(not_configured_) + ")")};
  }

  std::string recipient_field(Channel channel) const {
    return request_.pointer_prefix + "/recipient/" + std::string(address_field(channel));
  }

  const Kind& kind_;
  const Request& request_;
  std::span<const Channel> configured_;
  Plan plan_;
  std::vector<Channel> left_out_;  ///< counting channels that the request narrowed away
  std::vector<Channel> not_configured_;
  std::vector<Channel> without_address_;
};

}  // namespace

Result<Plan, Rejection> plan_deliveries(const Kind& kind, const Request& request,
                                        std::span<const Channel> configured) {
  return Planner(kind, request, configured).plan();
}

}  // namespace duenotice
