#include "engine/store/sqlite/database.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/store/failure.h"

namespace jianlu::store {

Statement::Statement(Database& database, std::string_view sql) : database_(&database) {
  if (sqlite3_prepare_v3(database.handle(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                         &statement_, nullptr) != SQLITE_OK) {
    database.fail(sql);
  }
}

bool Statement::step() {
  const int result = sqlite3_step(statement_);
  if (result == SQLITE_ROW) return true;
  sqlite3_reset(statement_);
  if (result != SQLITE_DONE) database_->fail(sqlite3_sql(statement_));
  return false;
}

fact::Digest Statement::digest(int column) const {
  fact::Digest out{};
  const std::string_view bytes = text(column);
  std::copy_n(bytes.begin(), std::min(bytes.size(), out.size()), out.begin());
  return out;
}

namespace {

bool cannot_be_indexed(sqlite3* connection) {
  sqlite3_extended_result_codes(connection, 1);
  const int result = sqlite3_exec(connection, "SELECT 1 FROM sqlite_master LIMIT 1", nullptr, nullptr, nullptr);
  return (result & 0xFF) == SQLITE_CANTOPEN || (result & 0xFF) == SQLITE_READONLY || result == SQLITE_IOERR_SHMSIZE || result == SQLITE_IOERR_SHMOPEN;
}

bool logged(const std::string& path) {
  struct stat log{};
  return stat((path + "-wal").c_str(), &log) == 0 && log.st_size > 0;
}

// Changes whenever somebody writes.
std::string state_of(const std::string& path) {
  struct stat file{};
  if (stat(path.c_str(), &file) != 0) return "gone";
  return fmt::format("{} {} {}.{} {}", file.st_ino, file.st_size, file.st_mtim.tv_sec, file.st_mtim.tv_nsec, logged(path));
}

std::string uri_of(const std::string& path) {
  std::string out = "file:";
  for (const char c : path) {
    if (c == '%' || c == '?' || c == '#') fmt::format_to(std::back_inserter(out), "%{:02x}", static_cast<unsigned char>(c));
    else out += c;
  }
  return out;
}

}  // namespace

// WAL with synchronous=FULL: what was committed survives a power cut. SQLite 3.40.1 corrupts a file that one process
// writes while another checkpoints it (fixed in 3.51.3), so the writer, alone under the lock, is the only one that ever
// checkpoints: readers open read-only.
Database::Database(const std::string& path, bool writable) : path_(path) {
  try {
    open((writable ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_NOMUTEX, false);
    // Reading takes an index of the log beside the file, which cannot be made in a sealed folder or on a full disk.
    if (!writable && cannot_be_indexed(connection_)) {
      if (logged(path_)) {
        throw Failure({"“" + path_ + "”旁的 -wal 里有没有并入的内容，而这里不能写入，读不了", "`" + path_ + "-wal` holds what is not in the store yet, and nothing can be written here to read it"},
                      {"把两个文件一起复制到可以写入的文件夹再读", "copy both files to a folder that can be written, and read them there"});
      }
      sqlite3_close_v2(std::exchange(connection_, nullptr));
      sealed_ = state_of(path_);
      open(SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, true);
    }
    sqlite3_extended_result_codes(connection_, 1);
    sqlite3_busy_timeout(connection_, 10'000);
    sqlite3_db_config(connection_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(connection_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    if (writable) {
      execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
              "PRAGMA wal_autocheckpoint=8192; PRAGMA journal_size_limit=67108864");
    } else {
      sqlite3_db_config(connection_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    }
    execute("PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY");
  } catch (...) {
    sqlite3_close_v2(connection_);
    throw;
  }
}

Database::~Database() { sqlite3_close_v2(connection_); }

void Database::open(int flags, bool immutable) {
  const std::string name = immutable ? uri_of(path_) + "?immutable=1" : path_;
  if (sqlite3_open_v2(name.c_str(), &connection_, flags | (immutable ? SQLITE_OPEN_URI : 0), nullptr) != SQLITE_OK) fail("open");
}

bool Database::steady() const { return sealed_.empty() || sealed_ == state_of(path_); }

void Database::execute(const std::string& sql) {
  if (sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(sql);
}

std::optional<std::int64_t> Database::number(const std::string& sql) {
  Statement statement(*this, sql);
  if (!statement.step() || statement.null(0)) return std::nullopt;
  return statement.integer(0);
}

void Database::fail(std::string_view doing) const {
  const int code = connection_ == nullptr ? SQLITE_NOMEM : sqlite3_extended_errcode(connection_);
  const std::string detail = fmt::format("{} ({})", connection_ == nullptr ? "no memory" : sqlite3_errmsg(connection_), code);
  if (code == SQLITE_IOERR_WRITE) {
    throw Failure({"“" + path_ + "”没有写完：到了文件大小的上限（ulimit -f），或者磁盘有错；已提交的内容都在",
                   "`" + path_ + "` could not be written to its end: the limit of a file's size (ulimit -f) is reached, or the disk fails; everything committed is kept"},
                  {"放宽上限或者检查磁盘，然后重新运行", "raise the limit or check the disk, and run again"});
  }
  switch (code & 0xFF) {
    case SQLITE_CANTOPEN:
      throw Failure({"打不开数据库“" + path_ + "”", "cannot open the store `" + path_ + "`"},
                    {"检查路径和权限；还没有数据库时先运行 jianlu ingest", "check path and permissions; without a store yet, run `jianlu ingest` first"});
    case SQLITE_FULL:
      throw Failure({"磁盘已满，“" + path_ + "”没有写完；已提交的内容都在", "the disk is full while writing `" + path_ + "`; everything committed is kept"},
                    {"腾出空间后重新运行", "make room and run again"});
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      throw Failure({"“" + path_ + "”不是完好的数据库：" + detail, "`" + path_ + "` is not an intact store: " + detail},
                    {"从备份恢复；运行 jianlu verify 检查", "restore it from a backup; `jianlu verify` checks it"});
    case SQLITE_IOERR:
      throw Failure({"读写数据库“" + path_ + "”时磁盘出错（也可能已满）：" + detail, "the disk failed, or is full, at the store `" + path_ + "`: " + detail},
                    {"检查磁盘，腾出空间后重新运行", "check the disk, make room and run again"});
    case SQLITE_READONLY:
      throw Failure({"“" + path_ + "”不可写", "`" + path_ + "` is not writable"}, {"检查权限", "check permissions"});
    default:
      throw Failure({"数据库“" + path_ + "”出错：" + detail + "，于 " + std::string(doing.substr(0, 120)),
                     "the store `" + path_ + "` failed: " + detail + " at " + std::string(doing.substr(0, 120))},
                    {});
  }
}

}  // namespace jianlu::store
