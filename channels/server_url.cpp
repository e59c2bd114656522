#include "channels/server_url.hpp"

#include <curl/curl.h>

#include <memory>

#include "gateway/base/assert.hpp"

namespace duenotice::channels {

bool is_server_url(const std::string& url) {
  const std::unique_ptr<CURLU, void (*)(CURLU*)> parsed(curl_url(), curl_url_cleanup);
  DN_ASSERT(parsed);
  if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), CURLU_DISALLOW_USER) != CURLUE_OK) return false;
  for (const CURLUPart part : {CURLUPART_QUERY, CURLUPART_FRAGMENT}) {
    char* text = nullptr;
    const CURLUcode code = curl_url_get(parsed.get(), part, &text, 0);
    curl_free(text);
    if (code == CURLUE_OK) return false;
  }
  return true;
}

}  // namespace duenotice::channels
