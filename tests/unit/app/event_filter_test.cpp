#include "gateway/app/event_filter.hpp"

#include <catch2/catch.hpp>

using namespace duenotice;
using namespace duenotice::app;

TEST_CASE("A sequence is decimal, with or without the zeros that an event's own has") {
  CHECK(make_filter(EventsArguments{.after = "4711"})->after == 4711);
  CHECK(make_filter(EventsArguments{.after = "0000000000000004711"})->after == 4711);
  CHECK(make_filter(EventsArguments{})->after == 0);
  for (const char* wrong : {"", "x", "4711x", "-1", "0x10", " 7", "99999999999999999999"}) {
    const auto filter = make_filter(EventsArguments{.after = wrong});
    REQUIRE_FALSE(filter.ok());
    CHECK(filter.error().kind == ErrorKind::invalid);
    CHECK(filter.error().message.find("--after") != std::string::npos);
  }
}

TEST_CASE("A type is named by its state or as it is published, and a wrong one learns which there are") {
  CHECK(make_filter(EventsArguments{.type = "held"})->type == "notice_held");
  CHECK(make_filter(EventsArguments{.type = "duenotice.notice.rejected.v1"})->type == "rejected");
  CHECK(make_filter(EventsArguments{})->type == "");
  const auto wrong = make_filter(EventsArguments{.type = "sent"});
  REQUIRE_FALSE(wrong.ok());
  CHECK(wrong.error().message ==
        "--type must be accepted, rejected, held, deemed_delivered, failed or cancelled, not \"sent\"");
}

TEST_CASE("A limit is taken over") {
  CHECK(make_filter(EventsArguments{.limit = 3})->limit == 3);
  CHECK_FALSE(make_filter(EventsArguments{})->limit.has_value());
}
