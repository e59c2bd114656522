#pragma once
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "channels/channel.hpp"
#include "gateway/notice/notice.hpp"
#include "gateway/notice/request.hpp"
#include "templates/current_library.hpp"

namespace duenotice {

using Providers = std::map<Channel, std::unique_ptr<channels::Provider>>;

/// What one rendering is made from.
struct RenderingOrder {
  const Agreement& agreement;
  const Kind& kind;
  const Request& request;
  const std::string& notice_id;
  const std::string& language;
  std::string address;
  Channel channel = Channel::email;
  int revision = 1;
  std::optional<CalendarDate> effective_date;
  Instant now;
};

/// Turns a request into the exact bytes of each delivery: the words from the templates, the format from the
/// channel. Used at intake and, for a new revision, at an attempt. Thread-safe; the library and the providers
/// must outlive it.
class MessageMaker {
 public:
  MessageMaker(const templates::CurrentLibrary& library, const Providers& providers, bool in_site_enabled)
      : library_(library), providers_(providers), in_site_enabled_(in_site_enabled) {}

  /// The one in use. A reload may replace it at any moment, so hold it while anything of it is looked at.
  std::shared_ptr<const templates::Library> library() const { return library_.get(); }
  /// The channels that are configured here.
  std::vector<Channel> configured() const;
  /// How long after its start a sending on this channel may end positively.
  Milliseconds guard(Channel channel) const;
  /// How long after `relayed` the relay's report must have come.
  Milliseconds report_bound(Channel channel) const;
  bool sandbox(Channel channel) const;

  /// The rendering without its notice number. A rejection points into the request.
  Result<Rendering, Rejection> make(const RenderingOrder& order) const;

 private:
  const templates::CurrentLibrary& library_;
  const Providers& providers_;
  bool in_site_enabled_;
};

}  // namespace duenotice
