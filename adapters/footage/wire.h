// How a file travels to jianlu-probe --serve: one message per file over a Unix sequenced-packet socket, eight
// bytes of id (host order) with the open descriptor as ancillary data. Answers come back as lines: ID, tab,
// JSON.
#pragma once

#include <cstdint>
#include <optional>

#include "adapters/footage/footage.h"

namespace jianlu::footage {

struct Request {
  std::uint64_t id = 0;
  int descriptor = -1;  // the receiver's own copy
};

constexpr int exit_no_sandbox = 3;  // of jianlu-probe, which then has read nothing
Wording no_sandbox();

enum class Sent { yes, full, closed };
Sent send_request(int socket, const Request& request);  // never blocks

// Nothing at the end of the stream. Blocks.
std::optional<Request> receive_request(int socket);

}  // namespace jianlu::footage
