#pragma once
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "tests/support/temporary_folder.hpp"

/// The program as a shell sees it.

namespace duenotice::test {

struct Ended {
  int code = -1;
  std::string out;
  std::string err;
};

inline std::string content(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// Runs the program in `folder` with nothing of our own environment that it would read.
inline Ended run(const TemporaryFolder& folder, const std::string& words, const std::string& input = "",
                 const std::string& variables = "") {
  std::ofstream(folder / "in") << input;
  const std::string command = "cd '" + folder.path().string() +
                              "' && env -u DUENOTICE_CONFIG -u LC_ALL LANG=C " + variables + " " +
                              DUENOTICE_PROGRAM + " " + words + " <in >out 2>err";
  const int status = std::system(command.c_str());
  return {WEXITSTATUS(status), content(folder / "out"), content(folder / "err")};
}

inline void write_configuration(const TemporaryFolder& folder, const std::string& more = "") {
  std::ofstream(folder / "duenotice.toml")
      << "[agreements]\npath = \"" SOURCE_DIR
         "/templates/agreements\"\n[channels.email]\nurl = \"sandbox:mail\"\n"
      << "from = \"notices@example.com\"\n"
      << more;
}

}  // namespace duenotice::test
