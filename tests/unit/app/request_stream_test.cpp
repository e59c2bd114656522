#include "gateway/app/request_stream.hpp"

#include <catch2/catch.hpp>
#include <sstream>
#include <vector>

using namespace duenotice;
using namespace duenotice::app;

namespace {

struct Read {
  std::vector<std::string> bodies;
  std::vector<std::int64_t> lines;
  std::string error;
};

Read read_all(const std::string& text, std::size_t most = 1000) {
  std::istringstream in(text);
  RequestStream stream(in, most);
  Read read;
  while (true) {
    auto document = stream.next();
    if (!document) {
      read.error = document.error().message;
      return read;
    }
    if (!*document) return read;
    read.bodies.push_back((*document)->body);
    read.lines.push_back((*document)->line);
  }
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("Documents may have a line each, span lines, or touch each other") {
  const Read read = read_all("{\"a\":1}\r\n\n{\n  \"b\": [{}, {\"c\":2}]\n}{\"d\":3}\n");
  CHECK(read.error.empty());
  CHECK(read.bodies == Texts{"{\"a\":1}", "{\n  \"b\": [{}, {\"c\":2}]\n}", "{\"d\":3}"});
  CHECK(read.lines == std::vector<std::int64_t>{1, 3, 5});
}

TEST_CASE("Braces and quotes inside texts end nothing") {
  const std::string tricky = R"({"a":"}\"}{\\"})";
  CHECK(read_all(tricky + " " + tricky).bodies == Texts{tricky, tricky});
}

TEST_CASE("Nothing is no document and no error") {
  CHECK(read_all("").bodies.empty());
  CHECK(read_all(" \n\t\r\n").error.empty());
}

TEST_CASE("The line end behind a document is no beginning of another") {
  std::istringstream in("{\"a\":1}\r\n \n{\"a\":2}\n");
  RequestStream stream(in, 1000);
  REQUIRE(stream.next().ok());
  CHECK(stream.has_buffered());
  REQUIRE(stream.next().ok());
  CHECK_FALSE(stream.has_buffered());
}

TEST_CASE("What is no stream of objects is an error with its line, behind the documents before it") {
  const Read list = read_all("{}\n[{}]");
  CHECK(list.bodies == Texts{"{}"});
  CHECK(list.error ==
        "line 2: a list is not taken; put its requests one after the other (`jq -c '.[]'` does)");
  CHECK(read_all("hello").error == "line 1: a request is a JSON object and starts with {");
  CHECK(read_all("{}\n\n{\"a\":\n\"b").error == "line 3: the request that starts here has no end");
}

TEST_CASE("A document that never ends does not fill memory") {
  const Read read = read_all("{}\n{\"a\":\"" + std::string(5000, 'x'), 100);
  CHECK(read.bodies.size() == 1);
  CHECK(read.error == "line 2: the request that starts here has more than 100 bytes");
}
