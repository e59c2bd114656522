#pragma once
#include <string>

#include "channels/channel.hpp"
#include "gateway/notice/notice.hpp"

/// The in-site channel: a message in the user's inbox. Nothing is handed over to anybody; whoever commits the
/// row in the same transaction as its `sent` has sent it, so an in-site attempt is never `unknown`.

namespace duenotice::channels {

/// The frozen bytes of an in-site rendering: canonical JSON of title (the subject) and body (the text).
std::string in_site_content(const Words& words);

/// The row that shows these frozen bytes to the user from `shown_at` on. Asserts that `content` came from the
/// above.
InSiteMessage in_site_message(NoticeNumber notice, std::string user_id, std::string_view content,
                              Instant shown_at);

}  // namespace duenotice::channels
