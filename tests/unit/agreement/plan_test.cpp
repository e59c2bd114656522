#include <catch2/catch.hpp>

#include "gateway/agreement/plan.hpp"

using namespace duenotice;

namespace {

constexpr Channel email = Channel::email;
constexpr Channel in_site = Channel::in_site;
const std::vector<Channel> both{email, in_site};

Kind kind(std::vector<Channel> channels, std::vector<Channel> copies = {}, Required required = {}) {
  Kind one;
  one.name = "fund_freeze";
  one.clause = "5.4";
  one.channels = std::move(channels);
  one.copies = std::move(copies);
  one.required = required;
  return one;
}

Request request(bool has_email, bool has_user, std::optional<std::vector<Channel>> channels = std::nullopt) {
  Request one;
  if (has_email) one.recipient.email = "zhang.wei@example.com";
  if (has_user) one.recipient.user_id = "user-10086";
  one.recipient.phone = "+8613800138000";
  one.channels = std::move(channels);
  return one;
}

/// `email! in_site(copy) of 1`, or `code pointer`.
std::string plan(const Kind& of, const Request& wish, const std::vector<Channel>& configured = both) {
  const auto planned = plan_deliveries(of, wish, configured);
  if (!planned) return std::string(to_text(planned.error().code)) + " " + planned.error().pointer;
  std::string out;
  for (const PlannedDelivery& one : planned->deliveries) {
    out += std::string(to_text(one.channel)) + (one.counts ? "! " : "(copy) ");
    CHECK(one.address == (one.channel == email ? "zhang.wei@example.com" : "user-10086"));
  }
  return out + "of " + std::to_string(planned->required);
}

std::string message(const Kind& of, const Request& wish, const std::vector<Channel>& configured = both) {
  const auto planned = plan_deliveries(of, wish, configured);
  REQUIRE_FALSE(planned.ok());
  CHECK(planned.error().message.find("zhang.wei") == std::string::npos);
  return planned.error().message;
}

const Required all{Required::Rule::all, 1};
const Required two{Required::Rule::number, 2};

}  // namespace

TEST_CASE("by default every channel with an address is used, the clause's first and in its order") {
  CHECK(plan(kind({in_site, email}), request(true, true)) == "in_site! email! of 1");
  CHECK(plan(kind({email, in_site}), request(true, true)) == "email! in_site! of 1");
  CHECK(plan(kind({email}, {in_site}), request(true, true)) == "email! in_site(copy) of 1");
  CHECK(plan(kind({in_site}, {email}), request(true, true)) == "in_site! email(copy) of 1");
}

TEST_CASE("channels without an address or not configured are left out while the clause can be satisfied") {
  CHECK(plan(kind({email, in_site}), request(false, true)) == "in_site! of 1");
  CHECK(plan(kind({email, in_site}), request(true, true), {email}) == "email! of 1");
  CHECK(plan(kind({email}, {in_site}), request(true, false)) == "email! of 1");
  CHECK(plan(kind({email}, {in_site}), request(true, true), {email}) == "email! of 1");
}

TEST_CASE("how many channels the clause demands") {
  CHECK(plan(kind({email, in_site}, {}, all), request(true, true)) == "email! in_site! of 2");
  CHECK(plan(kind({email}, {in_site}, all), request(true, true)) == "email! in_site(copy) of 1");
  CHECK(plan(kind({email, in_site}, {}, two), request(true, true)) == "email! in_site! of 2");
}

TEST_CASE("a clause that can never be satisfied for want of an address is a rejection that names it") {
  CHECK(plan(kind({email}), request(false, true)) == "no_usable_address /recipient/email");
  CHECK(plan(kind({in_site}), request(true, false)) == "no_usable_address /recipient/user_id");
  CHECK(plan(kind({email, in_site}), request(false, false)) == "no_usable_address /recipient");
  CHECK(plan(kind({email, in_site}, {}, all), request(true, false)) ==
        "no_usable_address /recipient/user_id");
  CHECK(plan(kind({email}, {in_site}), request(false, true)) == "no_usable_address /recipient/email");
  CHECK(message(kind({email, in_site}), request(false, false)).find("recipient.email, recipient.user_id") !=
        std::string::npos);
  CHECK(
      message(kind({email, in_site}, {}, all), request(true, false)).find("clause 5.4 demands 2 channels") !=
      std::string::npos);
}

TEST_CASE("a clause that can never be satisfied for want of a configured channel says so") {
  CHECK(plan(kind({email}), request(true, true), {in_site}) == "channel_not_configured ");
  CHECK(plan(kind({email, in_site}, {}, all), request(true, true), {email}) == "channel_not_configured ");
  CHECK(plan(kind({email, in_site}), request(true, true), {}) == "channel_not_configured ");
  CHECK(message(kind({email, in_site}, {}, all), request(true, true), {email}).find("in_site") !=
        std::string::npos);
  CHECK(plan(kind({email, in_site}), request(false, true), {email}) == "no_usable_address /recipient/email");
}

TEST_CASE("a request may narrow the channels") {
  const Kind any = kind({email, in_site});
  CHECK(plan(any, request(true, true, std::vector{in_site})) == "in_site! of 1");
  CHECK(plan(any, request(true, true, std::vector{in_site, email})) == "email! in_site! of 1");
  CHECK(plan(kind({email}, {in_site}), request(true, true, std::vector{email})) == "email! of 1");
}

TEST_CASE("narrowing until the clause cannot be satisfied is refused") {
  CHECK(plan(kind({email}, {in_site}), request(true, true, std::vector{in_site})) ==
        "channel_not_allowed /channels");
  CHECK(plan(kind({email, in_site}, {}, all), request(true, true, std::vector{email})) ==
        "channel_not_allowed /channels");
  CHECK(message(kind({email}, {in_site}), request(true, true, std::vector{in_site})).find("add email") !=
        std::string::npos);
}

TEST_CASE("a named channel must be allowed, configured and have an address") {
  CHECK(plan(kind({email}), request(true, true, std::vector{email, in_site})) ==
        "channel_not_allowed /channels/1");
  CHECK(plan(kind({in_site}), request(true, true, std::vector{email})) == "channel_not_allowed /channels/0");
  CHECK(plan(kind({email, in_site}), request(true, true, std::vector{email, in_site}), {email}) ==
        "channel_not_configured /channels/1");
  CHECK(plan(kind({email, in_site}), request(true, false, std::vector{email, in_site})) ==
        "no_usable_address /recipient/user_id");
  CHECK(message(kind({email}), request(true, true, std::vector{in_site})).find("clause 5.4") !=
        std::string::npos);
}

TEST_CASE("pointers are into the body as published") {
  const auto inside_event = [](Request wish) {
    wish.pointer_prefix = "/data";
    return wish;
  };
  CHECK(plan(kind({email}), inside_event(request(true, true, std::vector{in_site}))) ==
        "channel_not_allowed /data/channels/0");
  CHECK(plan(kind({email}, {in_site}), inside_event(request(true, true, std::vector{in_site}))) ==
        "channel_not_allowed /data/channels");
  CHECK(plan(kind({email}), inside_event(request(false, true))) == "no_usable_address /data/recipient/email");
  CHECK(plan(kind({email, in_site}), inside_event(request(false, false))) ==
        "no_usable_address /data/recipient");
}
