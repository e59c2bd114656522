#include "queue/content_assembler.hpp"

#include <catch2/catch.hpp>

#include "gateway/base/limits.hpp"

using namespace duenotice;
using duenotice::queue::ContentAssembler;

TEST_CASE("a body is put together from its pieces, again and again") {
  ContentAssembler content;
  content.begin(5);
  CHECK_FALSE(content.complete());
  content.add("ab");
  CHECK(content.missing() == 3);
  content.add("cde");
  CHECK(content.complete());
  CHECK(content.take_body() == "abcde");
  CHECK_FALSE(content.oversized().has_value());
  content.begin(0);
  CHECK(content.complete());
  CHECK(content.take_body().empty());
}

TEST_CASE("of a body above the ceiling the beginning, the length and the digest are kept") {
  const std::size_t kept = limits::oversized_body_kept_bytes;
  std::string body(limits::body_bytes_ceiling + 3, 'x');
  for (std::size_t index = 0; index < body.size(); index += 97)
    body[index] = static_cast<char>('a' + index % 26);
  ContentAssembler content;
  content.begin(body.size());
  for (std::size_t at = 0; at < body.size(); at += 100'000)
    content.add(std::string_view(body).substr(at, 100'000));
  REQUIRE(content.complete());
  REQUIRE(content.oversized().has_value());
  CHECK(content.oversized()->length == body.size());
  CHECK(content.oversized()->digest == sha256(body));
  CHECK((content.take_body() == body.substr(0, kept)));
  content.begin(1);
  content.add("y");
  CHECK_FALSE(content.oversized().has_value());
  CHECK(content.take_body() == "y");
}
