#include "gateway/http/control_client.hpp"

#include <curl/curl.h>

#include <cerrno>
#include <memory>

namespace duenotice::http {

namespace {

constexpr std::size_t answer_bytes = 1'000'000;

std::size_t collect(char* data, std::size_t size, std::size_t count, void* into) {
  auto& body = *static_cast<std::string*>(into);
  const std::size_t bytes = size * count;
  if (body.size() + bytes > answer_bytes) return 0;
  body.append(data, bytes);
  return bytes;
}

Error explain(CURLcode code, long system_error, const std::string& socket, bool is_order) {
  if (system_error == EACCES) {
    return {ErrorKind::broken,
            "no right to use the control socket " + socket + "; run this as the gateway's own user"};
  }
  if (code == CURLE_COULDNT_CONNECT) {
    return {ErrorKind::unavailable, "no gateway is running: nobody answers at " + socket};
  }
  if (is_order) {
    return {ErrorKind::unavailable, "the gateway at " + socket + " took the order and did not answer (" +
                                        std::string(curl_easy_strerror(code)) +
                                        "): it may still carry it out"};
  }
  return {ErrorKind::unavailable, "the gateway at " + socket + " did not answer: " +
                                      std::string(curl_easy_strerror(code)) + "; try again"};
}

}  // namespace

Result<Response> ControlClient::get(const std::string& path) const { return ask(path, nullptr); }
Result<Response> ControlClient::post(const std::string& path, const std::string& body) const {
  return ask(path, &body);
}

Result<Response> ControlClient::ask(const std::string& path, const std::string* body) const {
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(curl_easy_init(), &curl_easy_cleanup);
  if (!handle) return Error{ErrorKind::broken, "libcurl could not be started"};
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(
      curl_slist_append(nullptr, "Content-Type: application/json"), &curl_slist_free_all);
  Response response;
  CURL* const curl = handle.get();
  curl_easy_setopt(curl, CURLOPT_UNIX_SOCKET_PATH, socket_.c_str());
  curl_easy_setopt(curl, CURLOPT_URL, ("http://gateway" + path).c_str());
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(patience_.count()));
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, collect);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &response.body);
  if (body != nullptr) {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body->data());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body->size()));
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  }
  const CURLcode code = curl_easy_perform(curl);
  if (code != CURLE_OK) {
    long system_error = 0;
    curl_easy_getinfo(curl, CURLINFO_OS_ERRNO, &system_error);
    return explain(code, system_error, socket_.string(), body != nullptr);
  }
  long status = 0;
  const char* type = nullptr;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
  response.status = static_cast<int>(status);
  response.content_type = type == nullptr ? "" : type;
  return response;
}

}  // namespace duenotice::http
