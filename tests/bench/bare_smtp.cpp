// The ceiling: the same bytes handed over by libcurl with nothing around it.
//
//   bare_smtp HOST:PORT THREADS COUNT FILE [SENDER RECIPIENT]
//
// One easy handle a thread, connections kept, one recipient a transaction, as the email channel does it.
// Prints the seconds that all of it took.
#include <curl/curl.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

namespace {

struct Reading {
  const std::string* text;
  std::size_t at;
};

std::size_t read_some(char* to, std::size_t size, std::size_t count, void* from) {
  auto* reading = static_cast<Reading*>(from);
  const std::size_t length = std::min(size * count, reading->text->size() - reading->at);
  std::memcpy(to, reading->text->data() + reading->at, length);
  reading->at += length;
  return length;
}

std::size_t ignore(char*, std::size_t size, std::size_t count, void*) { return size * count; }

void send(const std::string& url, const std::string& sender, const std::string& recipient,
          const std::string& text, std::atomic<int>& left) {
  CURL* easy = curl_easy_init();
  curl_slist* to = curl_slist_append(nullptr, recipient.c_str());
  while (left.fetch_sub(1) > 0) {
    Reading reading{&text, 0};
    curl_easy_reset(easy);
    curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(easy, CURLOPT_MAIL_FROM, sender.c_str());
    curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt(easy, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(text.size()));
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, read_some);
    curl_easy_setopt(easy, CURLOPT_READDATA, &reading);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, ignore);
    const CURLcode code = curl_easy_perform(easy);
    if (code != CURLE_OK) {
      std::cerr << "bare_smtp: " << curl_easy_strerror(code) << "\n";
      std::_Exit(1);
    }
  }
  curl_slist_free_all(to);
  curl_easy_cleanup(easy);
}

}  // namespace

int main(int count, char** words) {
  if (count != 5 && count != 7) {
    std::cerr << "usage: bare_smtp HOST:PORT THREADS COUNT FILE [SENDER RECIPIENT]\n";
    return 2;
  }
  const std::string url = std::string("smtp://") + words[1] + "/bench.example";
  std::ifstream file(words[4], std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const std::string sender = count == 7 ? words[5] : "bounces+0123456789@duenotice.example";
  const std::string recipient = count == 7 ? words[6] : "user1234@customer.example";
  std::atomic<int> left{std::atoi(words[3])};
  curl_global_init(CURL_GLOBAL_DEFAULT);
  const auto start = std::chrono::steady_clock::now();
  std::vector<std::thread> threads;
  for (int index = 0; index < std::atoi(words[2]); ++index) {
    threads.emplace_back([&] { send(url, sender, recipient, text, left); });
  }
  for (std::thread& thread : threads) thread.join();
  std::cout << std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() << "\n";
  return 0;
}
