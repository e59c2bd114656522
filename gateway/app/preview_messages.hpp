#pragma once
#include <string>
#include <vector>

#include "channels/sms/sms_encoding.hpp"
#include "gateway/app/configuration.hpp"
#include "gateway/app/phrases.hpp"
#include "gateway/app/preview_data.hpp"
#include "gateway/base/clock.hpp"
#include "templates/renderer.hpp"

namespace duenotice::app {

/// One message as it would go out.
struct PreviewMessage {
  Channel channel = Channel::email;
  bool counts = false;
  std::string address;
  templates::Words words;
  /// The exact bytes; only the Message-ID and the Date of an email are made anew when a notice is accepted.
  std::string content;
  std::optional<channels::SmsSize> sms;  ///< of an SMS: what it will cost
};

/// What would become of the request besides its messages, were it published now.
struct PreviewWarning {
  /// Stable, for programs: the code of the rejection, or `effective_date_assumed`, `effective_date_moved`,
  /// `held_late`, `channel_unused`.
  std::string code;
  Sentence message;
};

struct Preview {
  const Agreement* agreement = nullptr;
  const Kind* kind = nullptr;
  std::string language;
  std::optional<CalendarDate> effective_date;  ///< the one in the messages
  /// The last date whose sending makes it lawful, where the kind has a lead time.
  std::optional<CalendarDate> must_be_sent_by;
  std::string calendar = "none";  ///< the calendar of rest days that it was counted with
  std::vector<PreviewWarning> warnings;
  std::vector<PreviewMessage> messages;
};

/// Makes the messages of `data` with the very steps of the intake: the same decoder, plan, templates and
/// formats. A request that no gateway would accept is an error with the code and the pointer of its
/// rejection. One that would only be rejected here (by the channels that are configured) or now (by its date)
/// is shown with the date that it asks for and a warning. A channel that is not configured is shown, with a
/// warning. Connects to nothing and reads no secret.
Result<Preview> make_preview(const std::shared_ptr<const templates::Library>& library,
                             const Configuration& configuration, const PreviewArguments& arguments,
                             PreviewData data, const Clock& clock);

}  // namespace duenotice::app
