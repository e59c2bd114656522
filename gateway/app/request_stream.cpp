#include "gateway/app/request_stream.hpp"

namespace duenotice::app {

namespace {

Error at_line(std::int64_t line, const std::string& message) {
  return {ErrorKind::invalid, "line " + std::to_string(line) + ": " + message};
}

}  // namespace

std::optional<char> RequestStream::read() {
  const int next = in_.rdbuf()->sbumpc();
  if (next == std::char_traits<char>::eof()) return std::nullopt;
  ++position_;
  const char c = std::char_traits<char>::to_char_type(next);
  if (c == '\n') ++line_;
  return c;
}

bool RequestStream::has_buffered() {
  while (in_.rdbuf()->in_avail() > 0) {
    const int next = in_.rdbuf()->sgetc();
    if (next != ' ' && next != '\t' && next != '\r' && next != '\n') return true;
    (void)read();
  }
  return false;
}

Result<std::optional<RequestStream::Document>> RequestStream::next() {
  while (const auto c = read()) {
    if (*c == ' ' || *c == '\t' || *c == '\r' || *c == '\n') continue;
    Document document{"{", line_};
    if (*c == '{') {
      if (const Status status = read_object(document); !status) return status.error();
      return std::optional(std::move(document));
    }
    if (*c == '[') {
      return at_line(line_, "a list is not taken; put its requests one after the other (`jq -c '.[]'` does)");
    }
    return at_line(line_, "a request is a JSON object and starts with {");
  }
  return std::optional<Document>();
}

Status RequestStream::read_object(Document& document) {
  std::size_t depth = 1;
  bool in_string = false;
  bool escaped = false;
  while (depth > 0) {
    const auto c = read();
    if (!c) return at_line(document.line, "the request that starts here has no end");
    document.body += *c;
    if (document.body.size() > most_bytes_) {
      return at_line(document.line,
                     "the request that starts here has more than " + std::to_string(most_bytes_) + " bytes");
    }
    if (escaped) {
      escaped = false;
    } else if (in_string) {
      escaped = *c == '\\';
      in_string = *c != '"';
    } else if (*c == '"') {
      in_string = true;
    } else if (*c == '{' || *c == '[') {
      ++depth;
    } else if (*c == '}' || *c == ']') {
      --depth;
    }
  }
  return Done{};
}

}  // namespace duenotice::app
