#include <catch2/catch.hpp>

#include "channels/in_site/in_site_message.hpp"

using namespace duenotice;
using namespace duenotice::channels;

TEST_CASE("an in-site row shows the frozen words and nothing else") {
  const std::string content =
      in_site_content({.subject = "标题 \"q\"", .text = "line\nline\n", .html = "<b>no</b>"});
  CHECK(content == "{\"body\":\"line\\nline\\n\",\"title\":\"标题 \\\"q\\\"\"}");
  const InSiteMessage row = in_site_message(42, "user-1", content, from_unix_ms(5));
  CHECK(row.notice == 42);
  CHECK(row.user_id == "user-1");
  CHECK(row.title == "标题 \"q\"");
  CHECK(row.body == "line\nline\n");
  CHECK(row.shown_at == from_unix_ms(5));
}
