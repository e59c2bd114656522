#include "channels/in_site/in_site_message.hpp"

#include "gateway/base/json.hpp"

namespace duenotice::channels {

std::string in_site_content(const Words& words) {
  return canonical_json(Json::Object{{"body", words.text}, {"title", words.subject}});
}

InSiteMessage in_site_message(NoticeNumber notice, std::string user_id, std::string_view content,
                              Instant shown_at) {
  const auto words = parse_json(content);
  DN_ASSERT(words.ok());
  const Json* title = words->find("title");
  const Json* body = words->find("body");
  DN_ASSERT(title && title->as_string() && body && body->as_string());
  return {.notice = notice,
          .user_id = std::move(user_id),
          .title = *title->as_string(),
          .body = *body->as_string(),
          .shown_at = shown_at};
}

}  // namespace duenotice::channels
