#pragma once
#include <string>
#include <utility>
#include <variant>

#include "gateway/base/assert.hpp"

/// Expected failures are values. A function that can fail for a reason its caller should handle returns a
/// `Result`; exceptions are left to a broken environment and asserts to our own bugs.

namespace duenotice {

/// What the caller may do next.
enum class ErrorKind {
  invalid,      ///< the input is wrong: tell the person who gave it, do not repeat
  not_found,    ///< it does not exist
  unavailable,  ///< somebody else is away or busy: try again later
  no_space,     ///< the disk is full and nothing was written
  broken,       ///< stored data or the environment is damaged: stop and tell an operator
};

/// A failure with a sentence for a person: what is wrong and what to do about it. Never holds an unmasked
/// address.
struct Error {
  ErrorKind kind = ErrorKind::invalid;
  std::string message;
  bool operator==(const Error&) const = default;
};

struct Done {
  bool operator==(const Done&) const = default;
};

/// Either a value or an error. Reading the side that is not there is our bug and aborts.
template <class T, class E = Error>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}
  Result(E error) : content_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return content_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() & { return checked(); }
  const T& value() const& { return const_cast<Result*>(this)->checked(); }
  T&& value() && { return std::move(checked()); }
  T& operator*() & { return checked(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(checked()); }
  T* operator->() { return &checked(); }
  const T* operator->() const { return &value(); }

  const E& error() const {
    DN_ASSERT(!ok());
    return std::get<1>(content_);
  }

 private:
  T& checked() {
    DN_ASSERT(ok());
    return std::get<0>(content_);
  }

  std::variant<T, E> content_;
};

/// The result of something that has no value but may fail.
using Status = Result<Done>;

}  // namespace duenotice
