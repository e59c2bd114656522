#pragma once
#include <optional>
#include <string>
#include <vector>

#include "gateway/agreement/agreement.hpp"
#include "gateway/app/log_parts.hpp"
#include "gateway/app/phrases.hpp"
#include "gateway/evidence/time_stamp.hpp"
#include "gateway/journal/journal_reader.hpp"

/// What the certificate of a notice says: one page for people who read paper. It states what the record
/// holds and no more: no receipt that nobody gave, no date that is not set, no time before which a time stamp
/// would prove that something was not there.

namespace duenotice::app {

/// The page, in words. Every text is one or more lines of UTF-8 without other control characters.
struct Certificate {
  enum class Look { plain, strong, code };
  struct Row {
    std::string label;  ///< may be empty
    std::string text;
    Look look = Look::plain;
  };
  struct Section {
    std::string title;
    std::vector<Row> rows;
  };
  Language language = Language::english;
  std::string title;
  std::string subtitle;
  std::vector<Section> sections;
  std::string qr;                    ///< what the QR code holds; may be empty
  std::vector<std::string> remarks;  ///< beside the code
  std::string stamp;                 ///< across the page; empty: nothing
  std::string number;                ///< the notice's id
  Instant as_of;                     ///< when the record that it rests on ended
};

/// The words of one message, as its reader sees them.
struct SentWords {
  std::string subject;  ///< may be empty
  std::string text;
};

/// What a certificate is made of. The references outlive it.
struct CertificateSource {
  const NoticeFile& file;
  const Agreement* agreement = nullptr;  ///< with the digest that the notice has; null: it is not here
  std::optional<Channel> shown;          ///< whose message is quoted; none: there is no message
  SentWords words;                       ///< of that message
  std::string origin;                    ///< of the evidence log; empty: none is kept
  std::string log_key;                   ///< its vkey; may be empty
  std::optional<PublishedCheckpoint> checkpoint;  ///< that of the seal, else the newest
  std::vector<evidence::TimeStamp> stamps{};      ///< of that seal
  bool unmasked = false;                          ///< addresses as they are
};

/// `notice.time_zone` is known to this machine.
Certificate make_certificate(const CertificateSource& source, const TimeZone& zone, Language language);

/// The channel whose message a certificate quotes: that of the sending which made the legal date, else the
/// first that was sent, else the first.
std::optional<Channel> channel_to_quote(const NoticeFile& file);

}  // namespace duenotice::app
