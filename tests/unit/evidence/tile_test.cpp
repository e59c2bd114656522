#include "gateway/evidence/tile.hpp"

#include <catch2/catch.hpp>

#include "gateway/base/limits.hpp"
#include "gateway/evidence/entry_bundle.hpp"
#include "tests/support/growing_log.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace duenotice;
using namespace duenotice::evidence;

TEST_CASE("a tile's path can be written in one way only") {
  for (const TileId tile : {TileId{0, 0, 256}, TileId{entries_level, 1'234'067, 17}, TileId{63, 999, 255},
                            TileId{1, UINT64_MAX, 1}}) {
    CHECK(parse_tile_path(tile_path(tile)) == tile);
  }
  for (const char* wrong : {"",
                            "tile",
                            "tile/",
                            "tile/0",
                            "tile/0/",
                            "tile/0/0",
                            "tile/0/0000",
                            "tile/00/000",
                            "tile/64/000",
                            "tile/-1/000",
                            "tile/x/000",
                            "tile/0/x000/001",
                            "tile/0/x001",
                            "tile/0/001/002",
                            "tile/0/000.p",
                            "tile/0/000.p/",
                            "tile/0/000.p/0",
                            "tile/0/000.p/256",
                            "tile/0/000.p/01",
                            "tile/0/000.p/1/",
                            "/tile/0/000",
                            "tile/0/000/",
                            "tile/0/x001.p/1",
                            "tile/0/000.q/1",
                            "tile/0/ 00",
                            "tile/0/+00",
                            "tile//000",
                            "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
                            "Tile/0/000",
                            "tile/entries/000.p/1 "}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_tile_path(wrong));
  }
}

TEST_CASE("a log's size says which tiles it has") {
  CHECK(tile_at(0, 0, 0) == std::nullopt);
  CHECK(tile_at(0, 0, 1) == TileId{0, 0, 1});
  CHECK(tile_at(entries_level, 1, 300) == TileId{entries_level, 1, 44});
  CHECK(tile_at(0, 0, 300) == TileId{0, 0, 256});
  CHECK(tile_at(0, 2, 300) == std::nullopt);
  CHECK(partial_tile(0, 256) == std::nullopt);
  CHECK(partial_tile(1, 256) == TileId{1, 0, 1});
  CHECK(partial_tile(7, UINT64_MAX) == TileId{7, 0, 255});
  CHECK(partial_tile(8, UINT64_MAX) == std::nullopt);
}

TEST_CASE("an entry bundle is read back, and nothing else is one") {
  std::string bundle;
  const std::string longest(limits::evidence_leaf_bytes, 'x');
  for (const std::string& entry : {std::string(), std::string("one"), longest}) append_entry(bundle, entry);
  const auto entries = parse_entry_bundle(bundle, 3);
  REQUIRE(entries);
  CHECK((*entries)[0].empty());
  CHECK((*entries)[1] == "one");
  CHECK((*entries)[2] == longest);
  CHECK_FALSE(parse_entry_bundle(bundle, 2));
  CHECK_FALSE(parse_entry_bundle(bundle, 4));
  CHECK_FALSE(parse_entry_bundle(bundle.substr(0, bundle.size() - 1), 3));
  CHECK_FALSE(parse_entry_bundle(bundle + '\0', 3));
  CHECK(parse_entry_bundle("", 0));
}

TEST_CASE("a longer tile serves for a partial one that is gone") {
  const test::TemporaryFolder folder;
  auto files = DiskLogFiles::open(folder.path());
  REQUIRE(files);
  test::MemoryLeaves source;
  source.grow_to(256);
  LogEdge edge;
  REQUIRE(test::append_all(edge, source.leaves, *files));
  TileReader reader(*files, 100);
  CHECK(reader.tile({0, 0, 100})->size() == 3200);
  CHECK(reader.entry(99).value() == source.leaves[99]);
  CHECK(parse_entry_bundle(reader.tile({entries_level, 0, 100}).value(), 100).ok());
  REQUIRE(files->write("tile/0/000", "short"));
  CHECK(reader.tile({0, 0, 100}).error().kind == ErrorKind::broken);
  REQUIRE(files->remove("tile/0/000"));
  CHECK(reader.tile({0, 0, 100}).error().kind == ErrorKind::not_found);
}

TEST_CASE("a file that has its final name never changes") {
  const test::TemporaryFolder folder;
  auto files = DiskLogFiles::open(folder.path());
  REQUIRE(files);
  REQUIRE(files->write("new/a", "one"));
  REQUIRE(files->place("new/a", "deep/er/a"));
  CHECK(files->read("deep/er/a", 10).value() == "one");
  REQUIRE(files->write("new/a", "one"));
  CHECK(files->place("new/a", "deep/er/a").ok());
  CHECK(files->read("new/a", 10).error().kind == ErrorKind::not_found);
  REQUIRE(files->write("new/a", "two"));
  CHECK(files->place("new/a", "deep/er/a").error().kind == ErrorKind::broken);
  CHECK(files->read("deep/er/a", 10).value() == "one");
  CHECK(files->replace("new/a", "deep/er/a").ok());
  CHECK(files->read("deep/er/a", 10).value() == "two");
  CHECK(files->list("deep").value() == std::vector<std::string>{"er/"});
  CHECK(files->list("nowhere").value().empty());
  CHECK(files->remove("deep").ok());
  CHECK(files->remove("deep").ok());
  CHECK(files->sync().ok());
}
