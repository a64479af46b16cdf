// A thin layer over SQLite: statements that reset themselves, transactions that roll back. Only .cc files of this
// folder include it.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "engine/fact/document.h"

namespace jianlu::store {

class Database;

// A prepared statement. Binding starts at parameter 1; texts and blobs must live until the statement is stepped for the
// last time.
class Statement {
 public:
  Statement() = default;
  Statement(Database& database, std::string_view sql);
  Statement(Statement&& other) noexcept
      : database_(other.database_), statement_(std::exchange(other.statement_, nullptr)) {}
  Statement& operator=(Statement&& other) noexcept {
    std::swap(database_, other.database_);
    std::swap(statement_, other.statement_);
    return *this;
  }
  ~Statement() { sqlite3_finalize(statement_); }

  // Starts again with these parameters.
  template <typename... Values>
  Statement& with(const Values&... values) {
    sqlite3_reset(statement_);
    int at = 0;
    (bind(++at, values), ...);
    return *this;
  }
  bool step();                   // true: a row is there
  void run() { while (step()) {} }
  template <typename... Values>
  void run(const Values&... values) {
    with(values...).run();
  }

  bool null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
  // Valid until the next step.
  std::string_view text(int column) const {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }
  fact::Digest digest(int column) const;
  void reset() { sqlite3_reset(statement_); }

 private:
  void bind(int at, std::int64_t value) { sqlite3_bind_int64(statement_, at, value); }
  void bind(int at, std::int32_t value) { sqlite3_bind_int64(statement_, at, value); }
  void bind(int at, std::nullptr_t) { sqlite3_bind_null(statement_, at); }
  void bind(int at, std::string_view value) {
    sqlite3_bind_text64(statement_, at, value.data() == nullptr ? "" : value.data(), value.size(), SQLITE_STATIC,
                        SQLITE_UTF8);
  }
  void bind(int at, std::span<const std::uint8_t> value) {
    sqlite3_bind_blob64(statement_, at, value.data() == nullptr ? reinterpret_cast<const std::uint8_t*>("") : value.data(), value.size(), SQLITE_STATIC);
  }
  void bind(int at, const fact::Digest& value) { bind(at, std::span<const std::uint8_t>(value)); }
  template <typename T>
  void bind(int at, const std::optional<T>& value) {
    value ? bind(at, *value) : bind(at, nullptr);
  }

  Database* database_ = nullptr;
  sqlite3_stmt* statement_ = nullptr;
};

inline std::span<const std::uint8_t> as_blob(std::string_view bytes) {
  return {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
}

class Database {
 public:
  // Throws Failure. What is read where nothing can be written (a sealed copy, a full disk) is read as it is, if it is whole.
  Database(const std::string& path, bool writable);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void execute(const std::string& sql);
  std::int64_t last_id() const { return sqlite3_last_insert_rowid(connection_); }
  std::int64_t changes() const { return sqlite3_changes64(connection_); }
  // One row, one integer; nothing where there is no row or it is NULL.
  std::optional<std::int64_t> number(const std::string& sql);
  [[noreturn]] void fail(std::string_view doing) const;
  sqlite3* handle() const { return connection_; }
  const std::string& path() const { return path_; }
  // False: the file was written while it was read as one that nobody writes, so what was read may be of no state of it.
  bool steady() const;

 private:
  void open(int flags, bool immutable);

  std::string path_;
  sqlite3* connection_ = nullptr;
  std::string sealed_;   // what the file was when it began to be read as one that nobody writes; else empty
};

// Rolls back what was not committed.
class Transaction {
 public:
  explicit Transaction(Database& database) : database_(database) { database_.execute("BEGIN IMMEDIATE"); }
  ~Transaction() {
    if (!done_) sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
  void commit() {
    database_.execute("COMMIT");
    done_ = true;
  }

 private:
  Database& database_;
  bool done_ = false;
};

// Many reads in one: without it each takes and gives back the locks of the file.
class Snapshot {
 public:
  explicit Snapshot(Database& database) : database_(database) { database_.execute("BEGIN"); }
  ~Snapshot() { sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr); }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  Database& database_;
};

}  // namespace jianlu::store
