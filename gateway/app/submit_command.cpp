#include <poll.h>
#include <unistd.h>

#include <fstream>

#include "gateway/app/commands.hpp"
#include "gateway/app/data_folders.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/progress.hpp"
#include "gateway/app/request_stream.hpp"
#include "gateway/app/wiring.hpp"

namespace duenotice::app {

namespace {

/// Requests that are made durable together: enough that one wait for the disk or the broker does not matter.
constexpr std::size_t batch_requests = 200;
constexpr std::size_t batch_bytes = 4'000'000;

/// An event says so in its body; everything else is a plain request, whose faults the gateway names.
std::string_view content_type(const std::string& body) {
  const auto parsed = parse_json(body);
  const bool event = parsed && parsed->find("specversion") != nullptr && parsed->find("type") != nullptr &&
                     parsed->find("data") != nullptr;
  return event ? queue::cloudevents_type : queue::json_type;
}

struct Batch {
  std::vector<RequestStream::Document> documents;
  std::size_t bytes = 0;
  std::optional<Error> stopped;  ///< the input has a mistake behind these
  bool last = false;
};

/// Whether a producer that writes into our standard input has more for us at this moment.
bool more_is_coming() {
  pollfd input{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
  return ::poll(&input, 1, 0) != 0;
}

/// `live`: somebody writes it while we read, and must not wait for a batch to fill.
Batch read_batch(RequestStream& stream, bool live) {
  Batch batch;
  while (batch.documents.size() < batch_requests && batch.bytes < batch_bytes) {
    auto document = stream.next();
    if (!document) {
      batch.stopped = document.error();
      return batch;
    }
    if (!*document) {
      batch.last = true;
      return batch;
    }
    batch.bytes += (*document)->body.size();
    batch.documents.push_back(std::move(**document));
    if (live && !stream.has_buffered() && !more_is_coming()) break;
  }
  return batch;
}

Status publish(queue::Publisher& publisher, const std::vector<RequestStream::Document>& documents) {
  std::vector<queue::OutgoingRequest> requests;
  for (const auto& document : documents) requests.push_back({content_type(document.body), document.body});
  return publisher.publish_requests(requests);
}

std::string counted(std::int64_t count) {
  return std::to_string(count) + (count == 1 ? " request" : " requests");
}

int submit(const Terminal& terminal, queue::Publisher& publisher, std::istream& in, std::uint64_t total,
           bool live) {
  RequestStream stream(in, limits::body_bytes_ceiling);
  Progress progress(terminal, total);
  std::int64_t published = 0;
  while (true) {
    const Batch batch = read_batch(stream, live);
    if (!batch.documents.empty()) {
      if (const Status status = publish(publisher, batch.documents); !status) {
        progress.clear();
        Error error = status.error();
        error.message +=
            "\n" + counted(published) + " certainly published; those from line " +
            std::to_string(batch.documents.front().line) +
            " on may be published or not. Submit the file again: what the gateway has already it "
            "recognises by source and id.";
        return terminal.fail(error);
      }
      published += static_cast<std::int64_t>(batch.documents.size());
      progress.show(stream.position(), published);
    }
    if (batch.stopped) {
      progress.clear();
      return terminal.fail({batch.stopped->kind, batch.stopped->message + "\n" + counted(published) +
                                                     " before it published; nothing from that line on."});
    }
    if (batch.last) break;
  }
  progress.clear();
  if (published == 0) return terminal.fail({ErrorKind::invalid, "there is no request in the input"});
  const Sentence done(std::string(plural(static_cast<std::size_t>(published), "published {0} request",
                                         "published {0} requests")),
                      {std::to_string(published)});
  terminal.out << say(terminal.language, done) << "\n";
  terminal.err << terminal.say("What became of them: duenotice list; what was refused: duenotice rejected")
               << "\n";
  return exit_ok;
}

}  // namespace

int run_submit(const Context& context, const SubmitArguments& arguments) {
  const Terminal& terminal = context.terminal;
  const Configuration& configuration = context.configuration();
  std::ifstream file;
  std::uint64_t total = 0;
  if (arguments.file != "-") {
    std::error_code failed;
    total = std::filesystem::file_size(arguments.file, failed);
    if (!failed) file.open(arguments.file, std::ios::binary);
    if (failed || !file) {
      return terminal.fail({ErrorKind::not_found, "cannot read " + arguments.file +
                                                      (failed ? ": " + failed.message() : std::string()) +
                                                      "; name a file of requests, or - for stdin"});
    }
  }
  if (const auto& queue = configuration.queue.embedded) {
    const Status made = make_folder(context.loaded, "queue", "url", queue->parent_path());
    if (!made) return terminal.fail(made.error());
  }
  const SystemClock clock;
  const auto publisher = open_publisher(configuration, clock);
  if (!publisher) return terminal.fail(publisher.error());
  const bool live = arguments.file == "-";
  return submit(terminal, **publisher, live ? context.in : file, total, live);
}

}  // namespace duenotice::app
