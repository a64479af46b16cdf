#include "adapters/footage/wire.h"

#include <sys/socket.h>

#include <cerrno>
#include <cstring>

namespace jianlu::footage {
namespace {
union Ancillary {
  cmsghdr align;
  char bytes[CMSG_SPACE(sizeof(int))];
};
}  // namespace

Wording no_sandbox() {
  return {
      "no_sandbox",
      "本机无法建立沙箱（seccomp），不读取任何影像。请在支持 seccomp 的系统上运行；确知文件可信时可加 "
      "--unsafe-no-sandbox",
      "no sandbox can be made on this machine (seccomp), so no footage is read. Run where the kernel offers "
      "seccomp, or pass --unsafe-no-sandbox when every file is known to be harmless"};
}

Sent send_request(int socket, const Request& request) {
  auto id = request.id;
  iovec part{&id, sizeof id};
  Ancillary ancillary{};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = ancillary.bytes;
  message.msg_controllen = sizeof ancillary.bytes;
  auto* header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(int));
  std::memcpy(CMSG_DATA(header), &request.descriptor, sizeof(int));
  for (;;) {
    if (sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT) >= 0) return Sent::yes;
    if (errno == EINTR) continue;
    return errno == EAGAIN || errno == EWOULDBLOCK ? Sent::full : Sent::closed;
  }
}

std::optional<Request> receive_request(int socket) {
  Request request;
  iovec part{&request.id, sizeof request.id};
  Ancillary ancillary{};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = ancillary.bytes;
  message.msg_controllen = sizeof ancillary.bytes;
  ssize_t n = 0;
  do n = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  while (n < 0 && errno == EINTR);
  if (n != static_cast<ssize_t>(sizeof request.id)) return std::nullopt;
  const auto* header = CMSG_FIRSTHDR(&message);
  if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS &&
      header->cmsg_len == CMSG_LEN(sizeof(int)))
    std::memcpy(&request.descriptor, CMSG_DATA(header), sizeof(int));
  return request;
}

}  // namespace jianlu::footage
