#include <cstdio>
#include <filesystem>

#include "gateway/base/base64.hpp"
#include "gateway/base/file_system.hpp"
#include "gateway/base/json.hpp"
#include "gateway/evidence/checkpoint.hpp"
#include "gateway/evidence/entry_bundle.hpp"
#include "gateway/evidence/merkle_proof.hpp"
#include "gateway/evidence/right_edge.hpp"
#include "gateway/evidence/tile_reader.hpp"

/// Runs the published vectors (RFC 6962 trees and proofs, tile paths, signed notes, a log made by Tessera)
/// from the folder given. Exit 77: the folder is not there.

namespace {

using namespace duenotice;
using namespace duenotice::evidence;

int checked = 0;
int wrong = 0;

void check(bool good, const std::string& what) {
  ++checked;
  if (good) return;
  ++wrong;
  std::printf("WRONG %s\n", what.c_str());
}

Json json_at(const std::filesystem::path& path) {
  const auto text = read_file(path, 10'000'000);
  if (!text) return {};
  auto value = parse_json(*text);
  return value ? std::move(*value) : Json();
}

std::string text_of(const Json& object, std::string_view key) {
  const Json* value = object.find(key);
  return value != nullptr && value->as_string() != nullptr ? *value->as_string() : "";
}

std::uint64_t number_of(const Json& object, std::string_view key) {
  const Json* value = object.find(key);
  if (value == nullptr) return 0;
  if (const auto* large = value->as_fraction()) return std::stoull(large->text);
  return value->as_integer() == nullptr ? 0 : static_cast<std::uint64_t>(*value->as_integer());
}

std::string from_hex(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes.push_back(static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16)));
  }
  return bytes;
}

/// One case has words for roots ("don't care"); a digest stands for each, the same for the same word.
std::optional<Digest> digest_in(const Json& value) {
  const auto bytes = value.as_string() == nullptr ? std::nullopt : from_base64(*value.as_string());
  if (!bytes) return std::nullopt;
  if (bytes->starts_with("don't care")) return sha256(*bytes);
  return bytes->size() == hash_bytes ? std::optional(digest_of(*bytes)) : std::nullopt;
}

std::optional<MerkleProof> proof_in(const Json& test) {
  MerkleProof proof;
  const Json* hashes = test.find("proof");
  if (hashes == nullptr || hashes->as_array() == nullptr) return proof;
  for (const Json& hash : *hashes->as_array()) {
    const auto digest = digest_in(hash);
    if (!digest) return std::nullopt;
    proof.push_back(*digest);
  }
  return proof;
}

void check_proofs(const Json& tests, bool inclusion) {
  const std::string_view ends[] = {inclusion ? "leafHash" : "root1", inclusion ? "root" : "root2"};
  const std::string_view sizes[] = {inclusion ? "leafIdx" : "size1", inclusion ? "treeSize" : "size2"};
  for (const Json& test : *tests.as_array()) {
    const auto first = digest_in(*test.find(ends[0]));
    const auto root = digest_in(*test.find(ends[1]));
    const auto proof = proof_in(test);
    const std::uint64_t from = number_of(test, sizes[0]);
    const std::uint64_t to = number_of(test, sizes[1]);
    const bool good = first && root && proof &&
                      (inclusion ? verify_inclusion(from, to, *first, *proof, *root)
                                 : verify_consistency(from, to, *proof, *first, *root));
    check(good == !*test.find("wantErr")->as_bool(), text_of(test, "file"));
  }
}

void check_basic(const Json& basic) {
  MerkleHasher hasher;
  for (const Json& test : *basic.find("hash_cases")->as_array()) {
    // The nodes of this file have children of four bytes; those of a log are covered below.
    if (test.find("left") != nullptr) continue;
    const bool leaf = test.find("leaf") != nullptr;
    const Digest hash = leaf ? hasher.leaf(from_hex(text_of(test, "leaf"))) : empty_root();
    check(hash.hex() == text_of(test, "want"), text_of(test, "desc"));
  }
  const auto& leaves = *basic.find("leaf_inputs")->as_array();
  const auto& roots = *basic.find("roots_by_tree_size")->as_array();
  RightEdge edge;
  for (std::size_t size = 0; size < roots.size(); ++size) {
    if (size > 0) edge.append(hasher, hasher.leaf(from_hex(*leaves[size - 1].as_string())));
    check(edge.root(hasher).hex() == *roots[size].as_string(), "root of size " + std::to_string(size));
  }
  const auto& levels = *basic.find("complete_subtree_hashes_by_level")->as_array();
  const auto hash_at = [&](std::size_t level, std::size_t index) {
    return digest_of(from_hex(*(*levels[level].as_array())[index].as_string()));
  };
  for (std::size_t level = 1; level < levels.size(); ++level) {
    for (std::size_t i = 0; i < levels[level].as_array()->size(); ++i) {
      const Digest node = hasher.node(hash_at(level - 1, 2 * i), hash_at(level - 1, 2 * i + 1));
      check(node == hash_at(level, i), "node " + std::to_string(i) + " of level " + std::to_string(level));
    }
  }
}

void check_paths(const Json& vectors) {
  for (const Json& test : *vectors.find("paths")->as_array()) {
    TileId tile{0, number_of(test, "index"), number_of(test, "width")};
    if (text_of(test, "level") == "entries") tile.level = entries_level;
    if (test.find("level")->as_integer() != nullptr) tile.level = static_cast<int>(number_of(test, "level"));
    const std::string path =
        text_of(test, "path").empty() ? "tile/0/" + text_of(test, "n_path") : text_of(test, "path");
    check(tile_path(tile) == path && parse_tile_path(path) == tile, path);
  }
  for (const std::uint64_t size : {70'000U, 256U}) {
    const Json& expected = *vectors.find("size_" + std::to_string(size));
    for (int level = 0; level < 3; ++level) {
      const std::string name = "level" + std::to_string(level);
      const auto partial = partial_tile(level, size);
      check((partial ? partial->width : 0) == number_of(expected, name + "_partial_width"), name);
      if (expected.find(name + "_full") == nullptr) continue;
      check(hashes_at(level, size) / tile_width == number_of(expected, name + "_full"), name);
    }
  }
}

bool verifies(const std::string& note, const std::string& vkey) {
  const auto key = parse_vkey(vkey);
  const auto parsed = parse_note(note);
  if (!key || !parsed || to_vkey(*key) != vkey || to_text(*parsed) != note) return false;
  const auto good = verify_signatures(*parsed, std::span(&*key, 1));
  return good.ok() && good->size() == 1;
}

void check_notes(const Json& notes) {
  for (const Json& test : *notes.find("valid")->as_array()) {
    const std::string note = text_of(test, "note");
    const std::string vkey = text_of(test, "vkey");
    check(verifies(note, vkey), "the note of " + vkey);
    std::string changed = note;
    changed[0] ^= 1;
    check(!verifies(changed, vkey), "the changed note of " + vkey);
    if (test.find("skey") == nullptr) continue;
    const auto key = SigningKey::parse(text_of(test, "skey"));
    const std::string text = parse_note(note)->text;
    check(key.ok() && to_text(SignedNote{text, {sign(*key, text)}}) == note, "signed by " + vkey);
  }
  for (const Json& vkey : *notes.find("bad_vkeys")->as_array()) {
    check(!parse_vkey(*vkey.as_string()), "bad key " + *vkey.as_string());
  }
  for (const Json& text : *notes.find("bad_note_text")->as_array()) {
    check(!is_note_text(*text.as_string()), "bad text");
  }
}

/// That this checkpoint is signed with the log's key, and that the key signs the same bytes again.
void check_checkpoint(const std::string& note, const Json& log, std::uint64_t size, const Digest& root) {
  const auto key = SigningKey::parse(text_of(log, "skey"));
  check(key.ok() && to_vkey(key->verifier()) == text_of(log, "vkey"), "the key of Tessera's log");
  const auto head = verify_checkpoint(note, key->verifier());
  const bool good = head.ok() && head->checkpoint.size == size && head->checkpoint.root == root;
  check(good && sign_checkpoint(head->checkpoint, *key) == note, "checkpoint " + std::to_string(size));
}

void check_tessera(const std::filesystem::path& folder, const Json& log) {
  const auto files = DiskLogFiles::open(folder);
  const auto checkpoint_of = [&](std::uint64_t size) {
    return files->read("checkpoint." + std::to_string(size), 10'000).value();
  };
  MerkleHasher hasher;
  RightEdge edge;
  check_checkpoint(checkpoint_of(0), log, 0, empty_root());
  for (const Json& leaf : *log.find("leaves")->as_array()) {
    edge.append(hasher, hasher.leaf(*leaf.as_string()));
    check_checkpoint(checkpoint_of(edge.size()), log, edge.size(), edge.root(hasher));
    TileReader reader(*files, edge.size());
    const std::string size = std::to_string(edge.size());
    check(reader.root().ok() && *reader.root() == edge.root(hasher), "the tiles of size " + size);
    check(reader.entry(edge.size() - 1).ok() && *reader.entry(edge.size() - 1) == *leaf.as_string(),
          "the entries of size " + size);
    const auto bundle = reader.tile({entries_level, 0, edge.size()});
    check(bundle.ok() && parse_entry_bundle(*bundle, edge.size()).ok(), "the bundle of size " + size);
  }
}

}  // namespace

int main(int count, char** arguments) {
  const std::filesystem::path folder = count == 2 ? arguments[1] : "";
  if (!std::filesystem::is_directory(folder / "rfc6962")) {
    std::printf("SKIPPED: no vectors at %s\n", folder.c_str());
    return 77;
  }
  check_basic(json_at(folder / "rfc6962/basic.json"));
  check_proofs(json_at(folder / "rfc6962/inclusion.json"), true);
  check_proofs(json_at(folder / "rfc6962/consistency.json"), false);
  check_paths(json_at(folder / "tile-paths.json"));
  const Json notes = json_at(folder / "note/vectors.json");
  check_notes(notes);
  check_tessera(folder / "tlog-tiles-tessera", *notes.find("tessera_log"));
  std::printf("%d checked, %d wrong\n", checked, wrong);
  return checked >= 320 && wrong == 0 ? 0 : 1;
}
