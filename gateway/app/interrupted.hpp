#pragma once

namespace duenotice::app {

/// While it lives, Ctrl-C does not end the process but is remembered, so that a command can end what it does
/// in words. One at a time.
class Interrupted {
 public:
  Interrupted();
  ~Interrupted();
  Interrupted(const Interrupted&) = delete;
  Interrupted& operator=(const Interrupted&) = delete;
  bool yes() const;
};

/// Whether a person can be asked on stdin.
bool input_is_terminal();

}  // namespace duenotice::app
