#pragma once
#include <optional>
#include <string>

#include "gateway/app/arguments.hpp"
#include "gateway/base/json.hpp"
#include "gateway/base/result.hpp"
#include "gateway/base/time.hpp"

namespace duenotice::app {

/// What `preview` was given as --data, made into a request as a publisher would send it.
class PreviewData {
 public:
  /// `text` is a request, an event around one, or an object with its variables alone. What the command line
  /// says is put in; data that says something else about agreement, version or kind is `invalid`. So is data
  /// that is no JSON object.
  static Result<PreviewData> read(const std::string& text, const PreviewArguments& arguments);

  std::optional<std::string> agreement_version() const;
  bool has_effective_date() const;
  /// None where it is missing or not an instant.
  std::optional<Instant> send_not_before() const;
  void set_effective_date(const std::string& date);
  /// Fills in what a preview needs and its data left out: identity, account, and a recipient with an address
  /// for every channel where the data names none.
  void complete();
  /// Its recipient has no address of its own: published like this it would be rejected.
  bool lacks_addresses() const { return lacks_addresses_; }
  /// The document as it would be published.
  std::string body() const;

 private:
  explicit PreviewData(Json document, bool event) : document_(std::move(document)), event_(event) {}
  Json& request() { return event_ ? document_["data"] : document_; }
  const Json& request() const { return event_ ? *document_.find("data") : document_; }
  Status agree_with(const PreviewArguments& arguments);

  Json document_;
  bool event_;
  bool names_recipient_ = false;  ///< before anything was put in
  bool lacks_addresses_ = false;
};

}  // namespace duenotice::app
