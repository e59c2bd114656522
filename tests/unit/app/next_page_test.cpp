#include "gateway/app/next_page.hpp"

#include <catch2/catch.hpp>
#include <sstream>

using namespace duenotice;
using namespace duenotice::app;

TEST_CASE("The next page of a listing has every filter of this one") {
  CHECK(next_page({}, ListArguments{}, "ID") == "duenotice list --after ID");
  ListArguments list;
  list.state = "failed";
  list.kind = "fund_freeze";
  list.agreement = "user-agreement";
  list.account = "acct-7";
  list.channel = "email";
  list.since = "2026-07-01";
  list.until = "2026-07-31T09:00:00+08:00";
  list.after = "BEFORE";
  list.limit = 3;
  CHECK(next_page({}, list, "ID") ==
        "duenotice list --state failed --kind fund_freeze --agreement user-agreement --account acct-7 "
        "--channel email --since 2026-07-01 --until 2026-07-31T09:00:00+08:00 --limit 3 --after ID");
  CHECK(next_page({}, RejectedArguments{}, "ID") == "duenotice rejected --after ID");
  RejectedArguments rejected;
  rejected.open = true;
  rejected.code = "conflict";
  rejected.since = "2026-07-01";
  rejected.until = "2026-07-02";
  rejected.after = "BEFORE";
  rejected.limit = 9;
  CHECK(
      next_page({}, rejected, "ID") ==
      "duenotice rejected --open --code conflict --since 2026-07-01 --until 2026-07-02 --limit 9 --after ID");
}

TEST_CASE("The next page of an audit has every filter of this one") {
  CHECK(next_page({}, AuditArguments{}, "ID") == "duenotice audit --after ID");
  AuditArguments audit;
  audit.filter = {.account = "acct-7",
                  .address = "+8613800138000",
                  .from = "2026-01-01",
                  .to = "2026-06-30",
                  .kind = "fund_freeze",
                  .clause = "General Terms 1.2",
                  .agreement = "user-agreement",
                  .channel = "sms",
                  .state = "failed"};
  audit.unmasked = true;
  audit.limit = 3;
  CHECK(next_page({}, audit, "ID") ==
        "duenotice audit --account acct-7 --address +8613800138000 --from 2026-01-01 --to 2026-06-30 --kind "
        "fund_freeze --clause 'General Terms 1.2' --agreement user-agreement --channel sms --state failed "
        "--unmasked --limit 3 --after ID");
}

TEST_CASE("A word that a shell would take apart is quoted") {
  ListArguments list;
  list.account = "o'brien & co";
  CHECK(next_page({}, list, "ID") == "duenotice list --account 'o'\\''brien & co' --after ID");
  list.account = "-7";
  CHECK(next_page({}, list, "ID") == "duenotice list --account=-7 --after ID");
  list.account = "";
  CHECK(next_page({}, list, "ID") == "duenotice list --account '' --after ID");
}

TEST_CASE("How to see more is said in the user's language, on one line") {
  std::ostringstream out;
  std::ostringstream err;
  Terminal terminal{out, err};
  terminal.language = Language::chinese;
  say_more(terminal, "duenotice list --account 'a\nb' --after ID");
  CHECK(err.str() == "更多：duenotice list --account 'a\\x0ab' --after ID\n");
  CHECK(out.str().empty());
}

TEST_CASE("The next page is read with the same configuration and in the same language") {
  const CommonArguments common{.config = "/etc/a b.toml", .language = "zh"};
  CHECK(next_page(common, RejectedArguments{}, "ID") ==
        "duenotice --config '/etc/a b.toml' --lang zh rejected --after ID");
}
