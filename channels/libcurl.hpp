#pragma once
#include <memory>

/// What our users of libcurl share; its own header stays in their .cpp files. A lane has one easy handle for
/// its kept connection, and a multi handle of its own around it, because only that can be woken and watched.

struct curl_slist;

namespace duenotice::channels {

struct FreeEasy {
  void operator()(void* easy) const;
};
struct FreeMulti {
  void operator()(void* multi) const;
};
struct FreeList {
  void operator()(curl_slist* list) const;
};
using EasyHandle = std::unique_ptr<void, FreeEasy>;    ///< a CURL
using MultiHandle = std::unique_ptr<void, FreeMulti>;  ///< a CURLM
using CurlList = std::unique_ptr<curl_slist, FreeList>;

/// Never null. Any thread; the first handle of the process prepares libcurl for it.
EasyHandle new_easy_handle();
/// For one connection. Never null.
MultiHandle new_multi_handle();

/// Takes the transfer of `easy` away from `multi` and returns its CURLcode: CURLE_ABORTED_BY_CALLBACK when it
/// had not ended by itself.
int end_transfer(void* multi, void* easy);

}  // namespace duenotice::channels
