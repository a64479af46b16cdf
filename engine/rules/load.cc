#include "engine/rules/load.h"

#include <openssl/evp.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <variant>

#include "engine/calendar/load/working_days_file.h"
#include "engine/source/read.h"
#include "engine/syntax/parse.h"

namespace jianlu::rules {
namespace {

namespace fs = std::filesystem;

std::string sha256(std::string_view bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_sha256(), nullptr);
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  for (unsigned int i = 0; i < size; ++i) {
    out += kHex[digest[i] >> 4];
    out += kHex[digest[i] & 15];
  }
  return out;
}

std::vector<std::string> files_in(const fs::path& folder, const std::string& extension, std::error_code& error) {
  std::vector<std::string> out;
  std::error_code ignored;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (it->is_regular_file(ignored) && it->path().extension() == extension) out.push_back(it->path().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

// The files named, each behind the vocabulary of its bureau.
std::vector<std::string> with_vocabularies(const fs::path& home, const std::vector<std::string>& named) {
  std::vector<std::string> out;
  std::error_code error;
  const auto take = [&](const fs::path& path) {
    const auto same = [&](const std::string& known) { return fs::equivalent(known, path, error); };
    if (std::none_of(out.begin(), out.end(), same)) out.push_back(path.string());
  };
  for (const std::string& path : named) {
    const fs::path folder = fs::absolute(path).parent_path(), own = folder / "vocabulary.law";
    if (fs::equivalent(folder.parent_path(), home, error) && fs::is_regular_file(own, error)) take(fs::path(path).parent_path() / "vocabulary.law");
    take(path);
  }
  return out;
}

class Loader {
 public:
  explicit Loader(std::string folder) { out_.folder = std::move(folder); }

  std::optional<std::string> read(const std::string& path) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    const auto unreadable = [&](std::string zh, std::string en) {
      out_.unreadable.emplace_back(path, diag::Words(std::move(zh), std::move(en)));
      return std::nullopt;
    };
    if (status.type() == fs::file_type::not_found) return unreadable("没有这个文件", "no such file");
    if (fs::is_directory(status)) return unreadable("这是文件夹，要写其中的规则文件", "this is a folder; name the rule file in it");
    if (error) return unreadable("不能查看：" + error.message(), "cannot be looked at: " + error.message());
    if (!fs::is_regular_file(status)) return unreadable("这不是普通文件", "this is no ordinary file");
    std::optional<std::string> text = source::read(path);
    if (!text) return unreadable("打不开：没有读取的权限，或者被占用", "cannot be opened: no permission to read, or in use");
    const std::string relative = fs::path(path).lexically_relative(out_.folder).generic_string();
    const bool outside = relative.empty() || relative.compare(0, 2, "..") == 0;
    out_.loaded.push_back({outside ? fs::path(path).filename().string() : relative, sha256(*text)});
    return text;
  }

  // The files of a folder, which need not be there; one that cannot be listed is no empty one.
  std::vector<std::string> list(const fs::path& folder, const std::string& extension) {
    std::error_code error;
    std::vector<std::string> out = files_in(folder, extension, error);
    if (error && error != std::errc::no_such_file_or_directory) {
      out_.unreadable.emplace_back(folder.string(), diag::Words("文件夹打不开：" + error.message(), "the folder cannot be listed: " + error.message()));
    }
    return out;
  }

  void law(const std::string& path, const std::string& bureau) {
    std::optional<std::string> text = read(path);
    if (!text) return;
    const source::FileId id = out_.files.add(path, std::move(*text));
    std::optional<syntax::SourceFile> tree = syntax::parse(out_.files, id, out_.diagnostics);
    if (!tree) return;
    out_.trees.push_back(std::make_unique<syntax::SourceFile>(std::move(*tree)));
    out_.units.push_back({out_.trees.back().get(), bureau});
  }

  void calendar(const std::string& path) {
    const std::optional<std::string> text = read(path);
    if (!text) return;
    auto loaded = jianlu::calendar::load_working_days(*text);
    if (const auto* fault = std::get_if<yaml::Fault>(&loaded)) {
      const std::string at = path + ":" + std::to_string(fault->line) + ":" + std::to_string(fault->column);
      out_.unreadable.emplace_back(at, diag::Words(fault->zh, fault->en));
    } else {
      out_.working_days = std::move(std::get<jianlu::calendar::WorkingDays>(loaded));
    }
  }

  Rules finish() {
    out_.book = model::build(out_.units, out_.files, out_.diagnostics);
    out_.diagnostics.sort();
    return std::move(out_);
  }

 private:
  Rules out_;
};

}  // namespace

std::vector<std::string> bureaus(const std::string& folder) {
  std::vector<std::string> out;
  std::error_code error;
  for (fs::directory_iterator it(fs::path(folder) / "bureaus", error), end; !error && it != end; it.increment(error)) {
    std::error_code hidden;   // one that cannot be looked into is one all the same: load says so
    if (fs::exists(it->path() / "regulation.law", hidden) || hidden == std::errc::permission_denied) out.push_back(it->path().filename().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<std::string> laws_in(const std::string& folder) {
  std::error_code error;
  return files_in(folder, ".law", error);
}

Rules load(const std::string& folder, const std::vector<std::string>& regulations) {
  Loader loader(folder);
  const fs::path root(folder);
  loader.law((root / "vocabulary.law").string(), "");
  for (const std::string& path : loader.list(root / "common", ".law")) loader.law(path, "");
  for (const std::string& path : loader.list(root / "calendars", ".yaml")) loader.calendar(path);
  std::vector<std::string> laws = with_vocabularies(root / "bureaus", regulations);
  if (regulations.empty()) loader.list(root / "bureaus", ".law");
  for (const std::string& bureau : regulations.empty() ? bureaus(folder) : std::vector<std::string>()) {
    const std::vector<std::string> own = loader.list(root / "bureaus" / bureau, ".law");
    laws.insert(laws.end(), own.begin(), own.end());
  }
  for (const std::string& path : laws) loader.law(path, fs::absolute(path).parent_path().filename().string());
  return loader.finish();
}

void rebuild(Rules& rules) {
  rules.diagnostics = {};
  rules.book = model::build(rules.units, rules.files, rules.diagnostics);
  rules.diagnostics.sort();
}

}  // namespace jianlu::rules
