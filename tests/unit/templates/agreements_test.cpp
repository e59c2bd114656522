#include <catch2/catch.hpp>

#include "templates/renderer.hpp"

using namespace duenotice;
using namespace duenotice::templates;

TEST_CASE("the shipped agreements and the test agreement have no mistakes") {
  for (const char* folder : {"/templates/agreements", "/tests/support/agreements"}) {
    const Loaded loaded = load_library(std::string(SOURCE_DIR) + folder);
    for (const Mistake& m : loaded.mistakes) UNSCOPED_INFO(m.file << ":" << m.line << ": " << m.message);
    REQUIRE(loaded.mistakes.empty());
    REQUIRE(loaded.library != nullptr);
    CHECK_FALSE(loaded.library->agreements().all().empty());
  }
}
