#include "tests/contract/journal/faulty_vfs.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <cstring>

namespace duenotice::test {
namespace {

FaultyVfs* active = nullptr;
sqlite3_vfs* real = nullptr;
sqlite3_vfs shim;
sqlite3_io_methods faulty_methods;
const sqlite3_io_methods* real_methods = nullptr;

int faulty_sync(sqlite3_file* file, int flags) {
  if (active->syncs_fail) {
    ++active->failed_syncs;
    return SQLITE_IOERR_FSYNC;
  }
  return real_methods->xSync(file, flags);
}

int faulty_write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
  if (active->failed_syncs > 0) ++active->writes_after_failed_sync;
  if (active->writes_fail) return SQLITE_IOERR_WRITE;
  if (active->disk_full && !active->has_room_after_all()) return SQLITE_FULL;
  return real_methods->xWrite(file, bytes, size, offset);
}

/// The file is the real one; only its table of functions is exchanged.
int faulty_open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  const int code = real->xOpen(real, name, file, flags, out_flags);
  if (code != SQLITE_OK || file->pMethods == nullptr) return code;
  real_methods = file->pMethods;
  faulty_methods = *real_methods;
  faulty_methods.xSync = faulty_sync;
  faulty_methods.xWrite = faulty_write;
  file->pMethods = &faulty_methods;
  return code;
}

}  // namespace

FaultyVfs::FaultyVfs() {
  active = this;
  real = sqlite3_vfs_find(nullptr);
  shim = *real;
  shim.zName = "faulty";
  shim.xOpen = faulty_open;
  sqlite3_vfs_register(&shim, 1);
}

FaultyVfs::~FaultyVfs() {
  sqlite3_vfs_unregister(&shim);
  sqlite3_vfs_register(real, 1);
}

}  // namespace duenotice::test
