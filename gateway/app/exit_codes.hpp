#pragma once
#include "gateway/base/result.hpp"

/// How the command ends. Scripts program against these numbers; `duenotice --help` lists them.

namespace duenotice::app {

inline constexpr int exit_ok = 0;
inline constexpr int exit_wrong = 1;        ///< the thing asked about has a mistake
inline constexpr int exit_usage = 2;        ///< the command line or the configuration has a mistake
inline constexpr int exit_not_found = 3;    ///< there is no such thing
inline constexpr int exit_unavailable = 4;  ///< somebody else is away or busy: try again
inline constexpr int exit_io =
    74;  ///< a disk or a stored file is broken, full or not for this user (EX_IOERR)

constexpr int exit_code(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::invalid:
      return exit_wrong;
    case ErrorKind::not_found:
      return exit_not_found;
    case ErrorKind::unavailable:
      return exit_unavailable;
    case ErrorKind::no_space:
    case ErrorKind::broken:
      return exit_io;
  }
  return exit_io;
}

}  // namespace duenotice::app
