/// Reads compositions as JSON lines and answers each with one line: the composed message in base 64, or
/// `error: …`.
#include <iostream>

#include "channels/email/encoded_words.hpp"
#include "channels/email/mime_message.hpp"
#include "gateway/base/json.hpp"

using namespace duenotice;

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    const auto sample = parse_json(line);
    if (!sample) return 2;
    const auto text = [&](const char* key) { return *sample->find(key)->as_string(); };
    const auto from = channels::parse_mailbox(text("from"));
    if (!from) return 3;
    const auto composed = channels::compose_message({.words = {text("subject"), text("text"), text("html")},
                                                     .notice_id = "01ARZ3NDEKTSV4RRFFQ69G5FAV",
                                                     .revision = 3,
                                                     .to_name = text("to_name"),
                                                     .to_address = text("to_address"),
                                                     .language = text("language"),
                                                     .made_at = from_unix_ms(1'795'302'447'123)},
                                                    *from);
    std::cout << (composed ? channels::base64(composed->content) : "error: " + composed.error().message)
              << "\n";
  }
}
