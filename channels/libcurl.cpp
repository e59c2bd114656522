#include "channels/libcurl.hpp"

#include <curl/curl.h>

#include <mutex>

#include "gateway/base/assert.hpp"

namespace duenotice::channels {
namespace {

void start_once() {
  static std::once_flag started;
  std::call_once(started, [] { DN_ASSERT(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK); });
}

}  // namespace

void FreeEasy::operator()(void* easy) const { curl_easy_cleanup(easy); }
void FreeMulti::operator()(void* multi) const { curl_multi_cleanup(multi); }
void FreeList::operator()(curl_slist* list) const { curl_slist_free_all(list); }

EasyHandle new_easy_handle() {
  start_once();
  EasyHandle easy(curl_easy_init());
  DN_ASSERT(easy);
  return easy;
}

MultiHandle new_multi_handle() {
  start_once();
  MultiHandle multi(curl_multi_init());
  DN_ASSERT(multi);
  curl_multi_setopt(multi.get(), CURLMOPT_MAXCONNECTS, 1L);
  return multi;
}

int end_transfer(void* multi, void* easy) {
  CURLcode code = CURLE_ABORTED_BY_CALLBACK;
  int left = 0;
  while (const CURLMsg* said = curl_multi_info_read(multi, &left)) {
    if (said->msg == CURLMSG_DONE) code = said->data.result;
  }
  curl_multi_remove_handle(multi, easy);
  return code;
}

}  // namespace duenotice::channels
