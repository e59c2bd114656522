#include "gateway/app/raw_message.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/app/sample_notice.hpp"

using namespace duenotice;
using namespace duenotice::app;

namespace {

/// Three revisions of the email; attempt 2 sent the second one.
NoticeFile file() {
  NoticeFile file = test::sample_notice();
  for (const int revision : {2, 3}) {
    Rendering rendering = file.renderings.front();
    rendering.revision = revision;
    file.renderings.push_back(rendering);
  }
  file.attempts[1].revision = 2;
  return file;
}

}  // namespace

TEST_CASE("Who names no revision means the one that was sent") {
  NoticeFile notice = file();
  CHECK(*revision_meant(notice, Channel::email, 0) == 2);
  CHECK(*revision_meant(notice, Channel::email, 3) == 3);
  // A replay sent another one later: the legal date stands on the first.
  Attempt again = notice.attempts[1];
  again.number = 3;
  again.revision = 3;
  notice.attempts.push_back(again);
  CHECK(*revision_meant(notice, Channel::email, 0) == 2);
  // Of a copy that was sent twice, the first.
  notice.notice.deemed->channel = Channel::in_site;
  CHECK(*revision_meant(notice, Channel::email, 0) == 2);
}

TEST_CASE("Of a message that was not sent, the newest revision is meant") {
  NoticeFile notice = file();
  notice.notice.deemed.reset();
  for (const Outcome outcome : {Outcome::unknown, Outcome::relayed, Outcome::transient_failure}) {
    notice.attempts[1].outcome = outcome;
    CHECK(*revision_meant(notice, Channel::email, 0) == 3);
  }
}

TEST_CASE("A revision or channel that is not there is not found, and what there is is named") {
  NoticeFile notice = file();
  CHECK(revision_meant(notice, Channel::email, 4).error() ==
        Error{ErrorKind::not_found,
              "notice 01J2Z0V7N3KJ6Q8M4T5W9XYABC has no revision 4 of its message for "
              "email; there are revisions 1, 2, 3"});
  CHECK(revision_meant(notice, Channel::sms, 0).error() ==
        Error{ErrorKind::not_found,
              "notice 01J2Z0V7N3KJ6Q8M4T5W9XYABC has no message for sms; it has one for email"});
  notice.renderings.resize(1);
  CHECK_THAT(revision_meant(notice, Channel::email, 2).error().message,
             Catch::EndsWith("; there is revision 1"));
  notice.renderings.clear();
  CHECK_THAT(revision_meant(notice, Channel::email, 0).error().message,
             Catch::EndsWith("; it has no message at all"));
}
