#pragma once
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/json.hpp"
#include "gateway/notice/field_rules.hpp"
#include "gateway/notice/rejection.hpp"

namespace duenotice {

/// Reads the members of one JSON object and remembers the first fault; after a fault every read yields an
/// empty value, so that a decoder is a plain list of its fields with one question at the end. Refers to the
/// object: keep it alive.
class FieldReader {
 public:
  /// `place` is the pointer to the object. When `object` is none, that is the first fault.
  FieldReader(const Json& object, std::string place, std::string_view what);

  /// Refuses members that are not named here.
  void only(std::initializer_list<std::string_view> known);

  std::string text(std::string_view key, const TextRule& rule);
  std::optional<std::string> optional_text(std::string_view key, const TextRule& rule);
  /// The member, whatever it is; null when it is not there.
  const Json* optional(std::string_view key);
  /// The member, whatever it is. A missing one is a fault, then null.
  const Json* required(std::string_view key);

  void refuse(RejectionCode code, std::string_view key, std::string message);
  void refuse(Rejection rejection);
  /// The pointer to the member `key`.
  std::string place(std::string_view key) const;
  const std::optional<Rejection>& fault() const { return fault_; }

 private:
  const Json* object_;
  std::string place_;
  std::optional<Rejection> fault_;
};

}  // namespace duenotice
