// The yardstick: simdjson On Demand with one reused buffer merely reads the fields of each line that the rules of
// 秦皇岛 read, and adds up what it found so that nothing can be left out.
// usage: peer FILE
#include <fcntl.h>
#include <simdjson.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string_view>

namespace od = simdjson::ondemand;

namespace {

std::uint64_t sum = 0;

void read(od::value value) {
  switch (value.type().value()) {
    case od::json_type::string: {
      const std::string_view text = value.get_string().value();
      sum += text.size() + (text.empty() ? 0 : static_cast<unsigned char>(text[0]));
      break;
    }
    case od::json_type::boolean: sum += value.get_bool().value(); break;
    case od::json_type::array:
      for (od::value item : value.get_array()) read(item);
      break;
    case od::json_type::object:
      for (auto field : value.get_object()) {
        sum += static_cast<unsigned char>(*field.key().raw());
        read(field.value());
      }
      break;
    default: ++sum;
  }
}

double seconds(const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; }

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const int in = open(argv[1], O_RDONLY);
  if (in < 0) return 2;
  const auto start = std::chrono::steady_clock::now();
  constexpr std::size_t capacity = 1u << 20;
  const auto buffer = std::make_unique<char[]>(capacity + simdjson::SIMDJSON_PADDING);
  od::parser parser;
  std::size_t held = 0, bytes = 0, lines = 0;
  for (;;) {
    const ssize_t got = read(in, buffer.get() + held, capacity - held);
    if (got <= 0) break;
    bytes += static_cast<std::size_t>(got);
    held += static_cast<std::size_t>(got);
    const char* at = buffer.get();
    const char* const end = at + held;
    while (const void* newline = std::memchr(at, '\n', static_cast<std::size_t>(end - at))) {
      const auto size = static_cast<std::size_t>(static_cast<const char*>(newline) - at);
      od::document document = parser.iterate(at, size, static_cast<std::size_t>(end - at) + simdjson::SIMDJSON_PADDING);
      read(document.get_value().value());
      ++lines;
      at += size + 1;
    }
    held = static_cast<std::size_t>(end - at);
    std::memmove(buffer.get(), at, held);
  }
  const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("lines %zu bytes %zu sum %llu wall %.3f cpu %.3f rss %ld\n", lines, bytes, static_cast<unsigned long long>(sum), wall,
              seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss);
}
