#include "channels/email/smtp_url.hpp"

#include <curl/curl.h>

#include <memory>

namespace duenotice::channels {

Status check_smtp_url(const std::string& url) {
  const Error wrong{
      ErrorKind::invalid,
      "url: write `smtp://host:port`, `smtps://host:port` or `sandbox:FOLDER`; user and password "
      "have options of their own"};
  if (!url.starts_with("smtp://") && !url.starts_with("smtps://")) return wrong;
  const std::unique_ptr<CURLU, void (*)(CURLU*)> parsed(curl_url(), curl_url_cleanup);
  DN_ASSERT(parsed);
  if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), CURLU_DISALLOW_USER) != CURLUE_OK) return wrong;
  for (const CURLUPart part : {CURLUPART_QUERY, CURLUPART_FRAGMENT}) {
    char* text = nullptr;
    const CURLUcode code = curl_url_get(parsed.get(), part, &text, 0);
    curl_free(text);
    if (code == CURLUE_OK) return wrong;
  }
  return Done{};
}

}  // namespace duenotice::channels
