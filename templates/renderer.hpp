#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/agreement/agreement.hpp"
#include "gateway/base/findings.hpp"
#include "gateway/base/json.hpp"
#include "gateway/base/result.hpp"
#include "gateway/notice/rejection.hpp"

/// The words of the agreements: reads the folder of agreement files and texts, finds every mistake in it, and
/// turns a kind, a language and the request's variables into the exact words of a message.

namespace duenotice::templates {

/// The parts of one text. In-site has no HTML; its subject is its title. An SMS is its text alone, on one
/// line.
struct Words {
  std::string subject;
  std::string text;
  std::string html;
  Digest template_digest;  ///< of the text file
};

/// What a text may say beside the request's variables. Available in every text as `recipient_name`,
/// `account_id`, `effective_date` (without one the agreement's words for the day of the sending; an empty
/// section when it has none), `agreement_title`, `agreement_version`, `clause`, `notice_clause`, `provider`,
/// `user`, `contact`, `reference`; at the head of an SMS also as `sms_signature`.
struct RenderInput {
  const Agreement& agreement;
  const Kind& kind;
  std::string language;
  Channel channel = Channel::email;
  std::string recipient_name;
  std::string account_id;
  std::optional<std::string> reference;
  std::optional<CalendarDate> effective_date;
  const Json& variables;
};

using duenotice::Mistake;

/// The loaded agreements with their texts. Immutable; any thread may render. A reload makes a new one.
class Library {
 public:
  virtual ~Library() = default;
  virtual const AgreementSet& agreements() const = 0;
  /// The words for one delivery. A variable that is missing, unknown or of the wrong type is a rejection
  /// whose pointer starts with `/variables`, never a blank. So are an empty account id, a missing effective
  /// date where the kind needs one, and a language or channel that the kind has no text for. A
  /// recipient without a name is called as the agreement calls the other party. The headline is one line.
  virtual Result<Words, Rejection> render(const RenderInput& input) const = 0;
  /// Whether the request's variables are those of the kind, each of its type; the same test that `render`
  /// makes.
  virtual std::optional<Rejection> check_variables(const Kind& kind, const Json& variables) const = 0;
};

/// Loads every `<folder>/<id>/<version>/agreement.toml` with its texts, as agreements/README.md describes
/// them. All mistakes are found, not only the first; with any there is no library. The texts of a kind are
/// looked at when its own lines in agreement.toml are right, so that one slip is one mistake. An empty folder
/// is a mistake too. With `calendar`, a file of rest days (calendar_file.hpp describes it), the agreements'
/// periods are counted with it.
struct Loaded {
  std::shared_ptr<const Library> library;  ///< null when there are mistakes
  std::vector<Mistake> mistakes;           ///< by file and line
};
Loaded load_library(const std::filesystem::path& folder,
                    const std::optional<std::filesystem::path>& calendar = std::nullopt);

}  // namespace duenotice::templates
