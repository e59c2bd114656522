#include "gateway/app/age.hpp"

#include <catch2/catch.hpp>

using namespace duenotice;
using namespace duenotice::app;
using namespace std::chrono_literals;

TEST_CASE("An age is said in the units that matter") {
  const auto words = [](Milliseconds age) { return say(Language::english, age_in_words(age)); };
  CHECK(words(-5s) == "0 s");
  CHECK(words(999ms) == "0 s");
  CHECK(words(59s + 999ms) == "59 s");
  CHECK(words(60s) == "1 min");
  CHECK(words(59min + 59s) == "59 min");
  CHECK(words(2h + 13min) == "2 h 13 min");
  CHECK(words(23h + 59min) == "23 h 59 min");
  CHECK(words(24h) == "1 d 0 h");
  CHECK(words(24h * 400 + 5h) == "400 d 5 h");
  CHECK(say(Language::chinese, age_in_words(2h + 13min)) == "2 小时 13 分钟");
}
