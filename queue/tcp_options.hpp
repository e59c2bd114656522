#pragma once

/// Options of a TCP connection (tcp(7)). Where the kernel refuses one, the connection works without it.

namespace duenotice::queue::tcp {

/// Notices a peer that is gone although nothing is said, within limits::broker_silence: on a silent
/// connection by keepalive probes, on one with unacknowledged bytes (or a peer that does not read) by the
/// user timeout.
void watch_peer(int descriptor);

/// While it is on, what is written gathers into large packets; switched off, the rest goes at once.
void gather(int descriptor, bool on);

}  // namespace duenotice::queue::tcp
