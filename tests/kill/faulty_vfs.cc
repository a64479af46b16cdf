#include "tests/kill/faulty_vfs.h"

#include <signal.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cstring>
#include <string>

namespace jianlu::kill {
namespace {

Counts* counts = nullptr;
Plan plan;
std::string pages;
sqlite3_vfs* real_vfs = nullptr;

struct File {
  sqlite3_file base;
  sqlite3_file* real;
  bool main;
};

sqlite3_file* real(sqlite3_file* file) { return reinterpret_cast<File*>(file)->real; }

// Counts a step; true: this is where the process dies.
bool dies(sqlite3_file* file) {
  const bool main = reinterpret_cast<File*>(file)->main;
  ++counts->steps;
  counts->main_steps += main;
  return counts->steps == plan.at_step || (main && counts->main_steps == plan.at_main_step);
}
[[noreturn]] void die() {
  ::kill(getpid(), SIGKILL);
  for (;;) pause();
}

int close(sqlite3_file* f) { return real(f)->pMethods->xClose(real(f)); }
int read(sqlite3_file* f, void* to, int size, sqlite3_int64 at) { return real(f)->pMethods->xRead(real(f), to, size, at); }
int write(sqlite3_file* f, const void* from, int size, sqlite3_int64 at) {
  if (dies(f)) {
    if (plan.torn) real(f)->pMethods->xWrite(real(f), from, size / 2, at);
    die();
  }
  return real(f)->pMethods->xWrite(real(f), from, size, at);
}
int truncate(sqlite3_file* f, sqlite3_int64 size) {
  if (dies(f)) die();
  return real(f)->pMethods->xTruncate(real(f), size);
}
int sync(sqlite3_file* f, int flags) {
  if (dies(f)) die();
  return real(f)->pMethods->xSync(real(f), flags);
}
int size(sqlite3_file* f, sqlite3_int64* size) { return real(f)->pMethods->xFileSize(real(f), size); }
int lock(sqlite3_file* f, int level) { return real(f)->pMethods->xLock(real(f), level); }
int unlock(sqlite3_file* f, int level) { return real(f)->pMethods->xUnlock(real(f), level); }
int reserved(sqlite3_file* f, int* out) { return real(f)->pMethods->xCheckReservedLock(real(f), out); }
int control(sqlite3_file* f, int op, void* argument) {
  if (op == SQLITE_FCNTL_PRAGMA) {
    auto** words = static_cast<char**>(argument);
    if (std::strcmp(words[1], "wal_autocheckpoint") == 0 && words[2] != nullptr && words[2] != pages) {
      return SQLITE_OK;   // refused: the default that install() set stays
    }
  }
  return real(f)->pMethods->xFileControl(real(f), op, argument);
}
int sector(sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); }
int device(sqlite3_file* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); }
int shm_map(sqlite3_file* f, int page, int bytes, int extend, void volatile** out) {
  return real(f)->pMethods->xShmMap(real(f), page, bytes, extend, out);
}
int shm_lock(sqlite3_file* f, int offset, int n, int flags) { return real(f)->pMethods->xShmLock(real(f), offset, n, flags); }
void shm_barrier(sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); }
int shm_unmap(sqlite3_file* f, int remove) { return real(f)->pMethods->xShmUnmap(real(f), remove); }

const sqlite3_io_methods kMethods{2,      close,    read,    write,  truncate, sync,    size,     lock,        unlock,
                                  reserved, control, sector, device, shm_map,  shm_lock, shm_barrier, shm_unmap, nullptr, nullptr};

int open(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* out) {
  auto* f = reinterpret_cast<File*>(file);
  f->real = reinterpret_cast<sqlite3_file*>(f + 1);
  f->main = (flags & SQLITE_OPEN_MAIN_DB) != 0;
  const int result = real_vfs->xOpen(real_vfs, name, f->real, flags, out);
  f->base.pMethods = f->real->pMethods == nullptr ? nullptr : &kMethods;
  return result;
}

int set_default(sqlite3* connection, char**, const sqlite3_api_routines*) {
  return sqlite3_wal_autocheckpoint(connection, std::stoi(pages));
}

}  // namespace

void install(Counts& where, const Plan& what, int wal_pages) {
  counts = &where;
  plan = what;
  pages = std::to_string(wal_pages);
  real_vfs = sqlite3_vfs_find(nullptr);
  static sqlite3_vfs vfs = *real_vfs;
  vfs.szOsFile = static_cast<int>(sizeof(File)) + real_vfs->szOsFile;
  vfs.zName = "faulty";
  vfs.pNext = nullptr;
  vfs.xOpen = open;
  sqlite3_vfs_register(&vfs, 1);
  sqlite3_auto_extension(reinterpret_cast<void (*)()>(set_default));
}

}  // namespace jianlu::kill
