#include "channels/email/message_text.hpp"
#include "channels/in_site/in_site_message.hpp"
#include "gateway/app/certificate_page.hpp"
#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/journal_access.hpp"
#include "gateway/app/log_seal_standing.hpp"
#include "gateway/app/notice_document.hpp"
#include "gateway/app/raw_message.hpp"
#include "templates/renderer.hpp"

namespace duenotice::app {

namespace {

/// The words in these frozen bytes.
SentWords words_of(Channel channel, const std::string& content) {
  if (channel == Channel::email) {
    auto message = channels::message_text(content);
    if (message) return {std::move(message->subject), std::move(message->text)};
  }
  if (channel == Channel::in_site) {
    auto message = channels::in_site_message(0, "", content, {});
    return {std::move(message.title), std::move(message.body)};
  }
  return {"", content};
}

/// Puts in what the certificate quotes: the bytes that were sent, and only if they are those.
Status quote(JournalReader& reader, CertificateSource& source) {
  source.shown = channel_to_quote(source.file);
  if (!source.shown) return Done{};
  const auto revision = revision_meant(source.file, *source.shown, 0);
  if (!revision) return revision.error();
  const auto content = reader.rendering_content(source.file.notice.id, *source.shown, *revision);
  if (!content) return content.error();
  for (const Rendering& each : source.file.renderings) {
    if (each.channel != *source.shown || each.revision != *revision) continue;
    if (sha256(*content) == each.digest) continue;
    return Error{ErrorKind::broken, "the journal is damaged: the bytes of the " +
                                        std::string(to_text(each.channel)) + " message of notice " +
                                        source.file.notice.id + " are not those that were recorded"};
  }
  source.words = words_of(*source.shown, *content);
  return Done{};
}

/// The first stamped seal that has all events of the notice: later calls find the same.
Status look_for_seal(const EvidenceSettings& settings, const evidence::VerifierKey& log_key,
                     CertificateSource& source) {
  auto store = open_seals(settings, log_key);
  if (!store) return store.error();
  if (!*store || source.file.events.empty()) return Done{};
  const auto seal = (*store)->first_with(static_cast<std::uint64_t>(source.file.events.back().sequence - 1));
  if (!seal) return seal.error();
  if (!*seal) return Done{};
  const auto& [checkpoint, note] = (*seal)->sealed;
  source.checkpoint = PublishedCheckpoint{note, checkpoint.size, checkpoint.root};
  for (const evidence::Seal::Stamp& stamp : (*seal)->stamps) {
    if (stamp.stamp) source.stamps.push_back(*stamp.stamp);
  }
  return Done{};
}

Status look_at_log(const EvidenceSettings& settings, CertificateSource& source) {
  if (!settings.enabled()) return Done{};
  source.origin = settings.origin;
  if (const auto key = read_log_key(settings)) {
    source.log_key = to_vkey(key->verifier());
    if (const Status looked = look_for_seal(settings, key->verifier(), source); !looked) return looked;
  }
  if (source.checkpoint) return Done{};
  const auto files = open_log_files(settings);
  if (!files) return files.error().kind == ErrorKind::not_found ? Status(Done{}) : files.error();
  auto checkpoint = read_checkpoint(*files);
  if (checkpoint) {
    source.checkpoint = std::move(*checkpoint);
    return Done{};
  }
  return checkpoint.error().kind == ErrorKind::not_found ? Status(Done{}) : checkpoint.error();
}

}  // namespace

int run_certificate(const Context& context, const CertificateArguments& arguments) {
  const Terminal& terminal = context.terminal;
  const Configuration& configuration = context.configuration();
  const auto reader = open_journal(configuration.journal);
  if (!reader) return terminal.fail(reader.error());
  say_what_is_sealed(terminal, **reader);
  const auto file = find_notice(**reader, arguments.names);
  if (!file) return terminal.fail(file.error());
  const auto zone = TimeZone::load(file->notice.time_zone);
  if (!zone) return terminal.fail(zone.error());
  CertificateSource source{.file = *file, .unmasked = arguments.unmasked};
  const auto loaded = templates::load_library(configuration.agreements.path);
  if (loaded.library) {
    const Agreement* agreement =
        loaded.library->agreements().version(file->notice.agreement, file->notice.agreement_version);
    if (agreement != nullptr && agreement->digest == file->notice.agreement_digest)
      source.agreement = agreement;
  }
  if (const Status quoted = quote(**reader, source); !quoted) return terminal.fail(quoted.error());
  // Behind the journal, so that it covers whatever it can.
  if (const Status looked = look_at_log(configuration.evidence, source); !looked)
    return terminal.fail(looked.error());
  const auto pdf = draw_certificate(make_certificate(source, *zone, terminal.language));
  if (!pdf) return terminal.fail(pdf.error());
  if (const Status written = write_document(arguments.output, arguments.force, *pdf); !written)
    return terminal.fail(written.error());
  terminal.out << visible(say(terminal.language, Sentence("wrote the certificate to {0}, SHA-256 {1}",
                                                          {arguments.output.string(), sha256(*pdf).hex()})))
               << "\n";
  return exit_ok;
}

}  // namespace duenotice::app
