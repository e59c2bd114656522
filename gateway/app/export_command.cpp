#include <iostream>

#include "gateway/app/audit_filter.hpp"
#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/export_manifest.hpp"
#include "gateway/app/export_signing.hpp"
#include "gateway/app/journal_access.hpp"
#include "gateway/app/progress.hpp"
#include "gateway/app/table.hpp"
#include "gateway/app/unknown_words.hpp"
#include "gateway/base/clock.hpp"
#include "gateway/base/new_file.hpp"

namespace duenotice::app {

namespace {

/// Where the rows go, piece by piece, counted and digested on the way.
class Output {
 public:
  Output(std::ostream& stream) : stream_(&stream) {}
  Output(NewFile file) : file_(std::move(file)) {}

  Status write(std::string_view piece) {
    digest_.add(piece);
    bytes_ += static_cast<std::int64_t>(piece.size());
    if (file_) return file_->write(piece);
    stream_->write(piece.data(), static_cast<std::streamsize>(piece.size()));
    if (stream_->good()) return Done{};
    return Error{ErrorKind::broken, "the rows could not be written completely to standard output"};
  }
  Status finish() { return file_ ? file_->finish() : Status(Done{}); }
  std::int64_t bytes() const { return bytes_; }
  Digest digest() const { return digest_.digest(); }

 private:
  std::ostream* stream_ = nullptr;
  std::optional<NewFile> file_;
  Sha256 digest_;
  std::int64_t bytes_ = 0;
};

struct Asked {
  ExportQuestion question;
  RowFormat format = RowFormat::csv;
  std::optional<std::filesystem::path> file;      ///< none: standard output
  std::optional<std::filesystem::path> manifest;  ///< none: no manifest
  bool is_signed = false;
};

Result<Asked> read_arguments(const ExportArguments& arguments) {
  Asked asked;
  const auto rows = parse_export_rows(arguments.rows);
  if (!rows)
    return Error{ErrorKind::invalid, "--rows must be notices or events, not \"" + arguments.rows + "\""};
  const auto format = parse_row_format(arguments.format);
  if (!format)
    return Error{ErrorKind::invalid, "--format must be csv or jsonl, not \"" + arguments.format + "\""};
  const auto filter = make_audit_filter(arguments.filter);
  if (!filter) return filter.error();
  if (arguments.output.empty() && !arguments.columns)
    return Error{ErrorKind::invalid, "--output is missing: name a FILE, or - for stdout"};
  asked.question = {.rows = *rows, .filter = *filter, .unmasked = arguments.unmasked};
  asked.format = *format;
  asked.is_signed = arguments.is_signed;
  if (arguments.output != "-") {
    asked.file = arguments.output;
    asked.manifest = arguments.output + (asked.is_signed ? ".manifest.note" : ".manifest.json");
  }
  if (arguments.manifest) asked.manifest = *arguments.manifest;
  if (asked.is_signed && !asked.manifest)
    return Error{ErrorKind::invalid, "--signed signs the manifest: name its file with --manifest"};
  return asked;
}

int print_columns(const Terminal& terminal, ExportRows rows) {
  Table table({"COLUMN", "VALUES", "WHAT IT IS"});
  for (const ExportColumn& column : export_columns(rows))
    table.add({std::string(column.name), std::string(to_text(column.kind)), std::string(column.meaning)});
  table.print(terminal);
  return exit_ok;
}

/// Hands all rows to `output`; returns how many.
Result<std::int64_t> copy_rows(const Terminal& terminal, RowExport& source, const Asked& asked,
                               Output& output) {
  const auto columns = export_columns(asked.question.rows);
  Progress progress(terminal, static_cast<std::uint64_t>(source.standing().total), "row");
  std::int64_t count = 0;
  std::string piece;
  append_header(asked.format, columns, piece);
  for (bool more = true; more;) {
    const auto stepped = source.step([&](std::span<const ExportValue> row) {
      append_row(asked.format, columns, row, piece);
      ++count;
      return piece.size() < limits::export_piece_bytes;
    });
    if (!stepped) return stepped.error();
    more = *stepped;
    // Written outside the snapshot: whoever reads a pipe slowly does not hold up the gateway.
    if (const Status written = output.write(piece); !written) return written.error();
    piece.clear();
    progress.show(static_cast<std::uint64_t>(source.standing().done), count);
  }
  progress.clear();
  return count;
}

/// Says what was written, and what is missing in the record. Returns the exit code.
int conclude(const Terminal& terminal, const Asked& asked, const ExportStanding& standing,
             const ExportedFile& file) {
  std::ostream& stream = asked.file ? terminal.out : terminal.err;
  const auto count = static_cast<std::size_t>(file.rows);
  stream << visible(say(terminal.language,
                        Sentence(std::string(plural(count, "wrote {0} row ({1} bytes) to {2}, SHA-256 {3}",
                                                    "wrote {0} rows ({1} bytes) to {2}, SHA-256 {3}")),
                                 {std::to_string(file.rows), std::to_string(file.bytes),
                                  asked.file ? asked.file->string() : "stdout", file.digest.hex()})))
         << "\n";
  const bool events = asked.question.rows == ExportRows::events;
  const std::string last = std::to_string(events ? standing.up_to_event.sequence : standing.up_to_notice);
  if (standing.gap_free.value_or(false)) {
    stream << say(terminal.language, Sentence(events ? "every event from 1 to {0} is in it"
                                                     : "every notice from 1 to {0} is in it",
                                              {last}))
           << "\n";
  }
  if (standing.gap_free.value_or(true)) return exit_ok;
  std::string gaps;
  for (const auto& [first, end] : standing.gaps)
    gaps += (gaps.empty() ? "" : ", ") + std::to_string(first) +
            (end == first ? "" : " to " + std::to_string(end));
  return terminal.fail({ErrorKind::invalid, std::string("the record has gaps: of the ") +
                                                (events ? "events" : "notices") + " from 1 to " + last +
                                                " these are missing: " + gaps +
                                                "; the manifest says so too; see `duenotice doctor --deep`"});
}

int write_export(const Terminal& terminal, RowExport& source, const Asked& asked, Output& output,
                 std::optional<NewFile> manifest, const std::optional<ExportSigner>& signer) {
  const Instant started_at = SystemClock().now();
  const auto rows = copy_rows(terminal, source, asked, output);
  if (!rows) return terminal.fail(rows.error());
  if (const Status named = output.finish(); !named) return terminal.fail(named.error());
  const ExportedFile file{.name = asked.file ? asked.file->filename().string() : "-",
                          .format = asked.format,
                          .rows = *rows,
                          .bytes = output.bytes(),
                          .digest = output.digest(),
                          .started_at = started_at,
                          .made_at = SystemClock().now()};
  if (manifest) {
    // Named last: where it is, the file beside it is whole.
    const Json facts = export_manifest(asked.question, source.standing(), file);
    const Result<std::string> text = signer ? signer->sign(facts) : pretty_json(facts) + "\n";
    if (!text) return terminal.fail(text.error());
    Status status = manifest->write(*text);
    if (status) status = manifest->finish();
    if (!status) return terminal.fail(status.error());
  }
  return conclude(terminal, asked, source.standing(), file);
}

Error how_to_overwrite(Error error) {
  if (error.kind == ErrorKind::invalid)
    error.message += "; choose another name, or overwrite it with --force";
  return error;
}

}  // namespace

int run_export(const Context& context, const ExportArguments& arguments) {
  const Terminal& terminal = context.terminal;
  const auto asked = read_arguments(arguments);
  if (!asked) {
    terminal.fail(asked.error());
    return exit_usage;
  }
  if (arguments.columns) return print_columns(terminal, asked->question.rows);
  const auto reader = open_journal(context.configuration().journal);
  if (!reader) return terminal.fail(reader.error());
  say_what_is_sealed(terminal, **reader);
  explain_unknown_words(context, **reader, arguments.filter.kind, arguments.filter.agreement);
  const auto source = (*reader)->start_export(asked->question);
  if (!source) return terminal.fail(source.error());
  std::optional<ExportSigner> signer;
  if (asked->is_signed) {
    auto made = ExportSigner::make(context.configuration().evidence, (*source)->standing());
    if (!made) return terminal.fail(made.error());
    signer = *std::move(made);
  }
  std::optional<NewFile> manifest;
  if (asked->manifest) {
    auto made = NewFile::make(*asked->manifest, arguments.force);
    if (!made) return terminal.fail(how_to_overwrite(made.error()));
    manifest = *std::move(made);
  }
  if (!asked->file) {
    Output output(terminal.out);
    return write_export(terminal, **source, *asked, output, std::move(manifest), signer);
  }
  auto file = NewFile::make(*asked->file, arguments.force);
  if (!file) return terminal.fail(how_to_overwrite(file.error()));
  Output output(*std::move(file));
  return write_export(terminal, **source, *asked, output, std::move(manifest), signer);
}

}  // namespace duenotice::app
