#include "tests/support/time_stamp_authority.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

namespace duenotice::test {

TimeStampAuthority::TimeStampAuthority() { start(); }
TimeStampAuthority::~TimeStampAuthority() { stop(); }

void TimeStampAuthority::start() {
  int to_child[2];
  int from_child[2];
  DN_ASSERT(::pipe2(to_child, O_CLOEXEC) == 0 && ::pipe2(from_child, O_CLOEXEC) == 0);
  const std::string port = std::to_string(port_);
  process_ = ::fork();
  DN_ASSERT(process_ >= 0);
  if (process_ == 0) {
    ::dup2(to_child[0], STDIN_FILENO);
    ::dup2(from_child[1], STDOUT_FILENO);
    ::execl("/usr/bin/python3", "python3", "-B", SOURCE_DIR "/tests/support/time_stamp_server.py",
            folder_.path().c_str(), port.c_str(), nullptr);
    ::_exit(127);
  }
  ::close(to_child[0]);
  ::close(from_child[1]);
  input_ = to_child[1];
  FILE* said = ::fdopen(from_child[0], "r");
  DN_ASSERT(std::fscanf(said, "%d", &port_) == 1);
  std::fclose(said);
}

void TimeStampAuthority::stop() {
  if (process_ < 0) return;
  ::close(input_);
  int status = 0;
  DN_ASSERT(::waitpid(process_, &status, 0) == process_);
  process_ = -1;
}

std::string TimeStampAuthority::url(const std::string& way) const {
  return "http://127.0.0.1:" + std::to_string(port_) + "/" + way;
}

evidence::TimeStampRoots TimeStampAuthority::roots() const {
  return evidence::TimeStampRoots::read(file("root.pem")).value();
}

evidence::TimeStampServer TimeStampAuthority::server(const std::string& way) const {
  return {way, url(way), "", "", roots()};
}

}  // namespace duenotice::test
