#include "channels/email/verp.hpp"

#include <catch2/catch.hpp>

using namespace duenotice::channels;

namespace {
const VerpTag tag{.notice_id = "01ARZ3NDEKTSV4RRFFQ69G5FAV", .attempt = 12};
const std::string bounce = "Bounce@GW.example";
}  // namespace

TEST_CASE("an envelope sender names its attempt and can be read back") {
  const std::string address = verp_address(bounce, tag, "key");
  CHECK(address.starts_with("bounce+01arz3ndektsv4rrffq69g5fav.12."));
  CHECK(address.ends_with("@gw.example"));
  CHECK(address == verp_address(bounce, tag, "key"));
  CHECK(parse_verp(address, bounce, "key") == tag);
  CHECK(parse_verp("BOUNCE+" + address.substr(7), bounce, "key") == tag);
}

TEST_CASE("a forged or damaged envelope sender is not taken") {
  const std::string address = verp_address(bounce, tag, "key");
  CHECK_FALSE(parse_verp(address, bounce, "other key"));
  CHECK_FALSE(parse_verp(address, "other@gw.example", "key"));
  CHECK_FALSE(parse_verp(address, "bounce@other.example", "key"));
  for (std::size_t at = 0; at < address.size(); ++at) {
    std::string damaged = address;
    damaged[at] = damaged[at] == '0' ? '1' : '0';
    INFO(damaged);
    CHECK_FALSE(parse_verp(damaged, bounce, "key"));
  }
  for (const char* text : {"", "@", "+", "bounce+@gw.example", "bounce+.@gw.example",
                           "bounce+a.0.x@gw.example", "bounce+a.-1.x@gw.example", "bounce+a.01.x@gw.example",
                           "bounce@gw.example", "bounce+01arz3ndektsv4rrffq69g5fav.12@gw.example",
                           "bounce+01arz3ndektsv4rrffq69g5fav.9999999.x@gw.example"}) {
    INFO(text);
    CHECK_FALSE(parse_verp(text, bounce, "key"));
  }
}

TEST_CASE("without a key the attempt is named but not proven") {
  CHECK(verp_address(bounce, tag, "") == "bounce+01arz3ndektsv4rrffq69g5fav.12@gw.example");
  CHECK(parse_verp("bounce+01arz3ndektsv4rrffq69g5fav.12@gw.example", bounce, "") == tag);
}

TEST_CASE("the longest envelope sender keeps to the 64 octets of a local part") {
  const std::string longest = std::string(17, 'b') + "@gw.example";
  REQUIRE(check_bounce_address(longest).ok());
  const std::string address = verp_address(longest, {.notice_id = tag.notice_id, .attempt = 999'999}, "key");
  CHECK(address.find('@') == 64);
  CHECK_FALSE(check_bounce_address("b" + longest).ok());
  CHECK_FALSE(check_bounce_address("a+b@gw.example").ok());
  CHECK_FALSE(check_bounce_address("no address").ok());
}
