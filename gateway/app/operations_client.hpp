#pragma once
#include <optional>
#include <string>

#include "gateway/app/arguments.hpp"
#include "gateway/app/configuration.hpp"
#include "gateway/base/json.hpp"

namespace duenotice::app {

struct Performed {
  Json answer;
  bool gateway_runs = false;  ///< false: it was written down, and a gateway acts on it when it starts
};

/// Has an operator's order (gateway/pipeline/operations.hpp) carried out: by the running gateway through its
/// control socket, or, where none runs, by this process, which takes the journal's lock for it.
Result<Performed> perform(const LoadedConfiguration& loaded, const Json& order);

/// Every order says why. An error of a command line that does not.
Status check_reason(const OrderArguments& arguments);

/// Who gives an order: the name given, else the user who became root with sudo, else the user of this
/// process.
std::string operator_name(const std::optional<std::string>& given);

/// A file that goes along with an order, at most limits::order_file_bytes; `-` is not for files that prove
/// something.
Result<std::string> read_order_file(const std::string& path);
/// Such a file as a member of an order.
Json as_order_bytes(std::string_view bytes);

}  // namespace duenotice::app
