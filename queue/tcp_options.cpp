#include "queue/tcp_options.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "gateway/base/limits.hpp"
#include "gateway/base/time.hpp"

namespace duenotice::queue::tcp {
namespace {

template <class Value>
void set(int descriptor, int level, int option, Value value) {
  ::setsockopt(descriptor, level, option, &value, sizeof value);
}

}  // namespace

void watch_peer(int descriptor) {
  const int probe_interval_s = 5;
  set(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1);
  set(descriptor, IPPROTO_TCP, TCP_KEEPIDLE, static_cast<int>(limits::broker_silence.count()));
  set(descriptor, IPPROTO_TCP, TCP_KEEPINTVL, probe_interval_s);
  set(descriptor, IPPROTO_TCP, TCP_USER_TIMEOUT,
      static_cast<unsigned>(Milliseconds(limits::broker_silence).count()));
}

void gather(int descriptor, bool on) { set(descriptor, IPPROTO_TCP, TCP_CORK, on ? 1 : 0); }

}  // namespace duenotice::queue::tcp
