#include "gateway/app/nearest.hpp"

#include <catch2/catch.hpp>

using duenotice::app::nearest;

namespace {

const std::vector<std::string> commands = {"serve", "submit", "list", "show", "inbox", "rejected", "doctor"};

}  // namespace

TEST_CASE("A slip of the fingers finds the word that was meant") {
  CHECK(nearest("lisst", commands) == "list");
  CHECK(nearest("lst", commands) == "list");
  CHECK(nearest("lsit", commands) == "list");
  CHECK(nearest("sumbit", commands) == "submit");
  CHECK(nearest("rejcted", commands) == "rejected");
  CHECK(nearest("docktor", commands) == "doctor");
  CHECK(nearest("list", commands) == "list");
}

TEST_CASE("Another word is no slip, however long") {
  CHECK(!nearest("frobnicate", commands));
  CHECK(!nearest("xy", commands));
  CHECK(!nearest("", commands));
  CHECK(!nearest(std::string(100'000, 'x'), commands));
  CHECK(!nearest("list", {}));
}
