#pragma once
#include <cstdint>
#include <istream>
#include <optional>
#include <string>

#include "gateway/base/result.hpp"

namespace duenotice::app {

/// Cuts a stream into JSON objects, one after the other, whether each has a line of its own or spans many.
/// Only their ends are looked for (strings and braces); whether they are right is for the gateway to say.
class RequestStream {
 public:
  /// Longer documents are an error: at most `most_bytes`.
  RequestStream(std::istream& in, std::size_t most_bytes) : in_(in), most_bytes_(most_bytes) {}

  struct Document {
    std::string body;
    std::int64_t line = 1;  ///< where it starts
  };
  /// The next document; empty at the end. An error names the line and is final.
  Result<std::optional<Document>> next();
  /// Whether the beginning of another document has been read from the source already.
  bool has_buffered();
  /// Bytes read so far.
  std::uint64_t position() const { return position_; }

 private:
  std::optional<char> read();
  Status read_object(Document& document);

  std::istream& in_;
  const std::size_t most_bytes_;
  std::int64_t line_ = 1;
  std::uint64_t position_ = 0;
};

}  // namespace duenotice::app
