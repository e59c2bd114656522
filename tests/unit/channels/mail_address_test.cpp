#include "channels/email/mail_address.hpp"

#include <catch2/catch.hpp>

using namespace duenotice::channels;

TEST_CASE("an international domain becomes its A-label, the local part stays") {
  CHECK(*to_envelope_address("a.b+c@Example.com") == "a.b+c@Example.com");
  CHECK(*to_envelope_address("wei@例子.公司") == "wei@xn--fsqu00a.xn--55qx5d");
  CHECK(*to_envelope_address("张伟@例子.公司") == "张伟@xn--fsqu00a.xn--55qx5d");
  CHECK(*to_envelope_address("a@straße.example") == "a@xn--strae-oqa.example");
}

TEST_CASE("what could leave its place in an SMTP command is no address, and is not quoted") {
  for (const std::string& text :
       {std::string("a@b\r\nRCPT TO:<x@y>"), std::string("a@b> X"), std::string("<a@b>"),
        std::string("a@b\0", 4), std::string("secret"), std::string(), std::string("a@")}) {
    const auto address = to_envelope_address(text);
    REQUIRE_FALSE(address.ok());
    CHECK(address.error().message.find("secret") == std::string::npos);
    CHECK(address.error().message.find("x@y") == std::string::npos);
  }
}

TEST_CASE("a mailbox is an address with an optional name") {
  CHECK(parse_mailbox("a@b.c")->address == "a@b.c");
  CHECK(parse_mailbox("a@b.c")->name.empty());
  CHECK(parse_mailbox(" Example Ltd <a@b.c> ")->name == "Example Ltd");
  CHECK(parse_mailbox("\"Example, Ltd\" <a@b.c>")->name == "Example, Ltd");
  CHECK(parse_mailbox("快猫 <a@例子.公司>")->address == "a@xn--fsqu00a.xn--55qx5d");
  for (const char* text :
       {"", "x", "张@b.c", "N <a@b.c", "N\r\nX: y <a@b.c>", "N <a@b.c> x", "\xFF <a@b.c>"}) {
    INFO(text);
    CHECK_FALSE(parse_mailbox(text).ok());
  }
}
