#include <openssl/evp.h>
#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>

namespace {

[[noreturn]] void give_up(const char* what) {
  std::fprintf(stderr, "bare_leaves: %s\n", what);
  std::exit(1);
}

}  // namespace

/// The least that any evidence log has to do: reads the bytes of every event of a journal in their order and
/// hashes each as a leaf (RFC 6962, 2.1). Prints how many there were.
int main(int argc, char** argv) {
  if (argc != 2) return 2;
  sqlite3* database = nullptr;
  if (sqlite3_open_v2(argv[1], &database, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK) give_up("cannot open");
  sqlite3_stmt* events = nullptr;
  const char* sql = "SELECT bytes FROM events ORDER BY sequence";
  if (sqlite3_prepare_v2(database, sql, -1, &events, nullptr) != SQLITE_OK) give_up("cannot read");
  EVP_MD_CTX* hashing = EVP_MD_CTX_new();
  const unsigned char leaf = 0;
  unsigned char hash[EVP_MAX_MD_SIZE];
  long long count = 0;
  int step = 0;
  for (; (step = sqlite3_step(events)) == SQLITE_ROW; ++count) {
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(events, 0));
    if (EVP_DigestInit_ex(hashing, EVP_sha256(), nullptr) != 1 || EVP_DigestUpdate(hashing, &leaf, 1) != 1 ||
        EVP_DigestUpdate(hashing, sqlite3_column_blob(events, 0), size) != 1 ||
        EVP_DigestFinal_ex(hashing, hash, nullptr) != 1)
      give_up("cannot hash");
  }
  if (step != SQLITE_DONE) give_up(sqlite3_errmsg(database));
  std::printf("%lld\n", count);
  EVP_MD_CTX_free(hashing);
  sqlite3_finalize(events);
  sqlite3_close(database);
  return 0;
}
