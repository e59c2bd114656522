#include "gateway/app/operations_client.hpp"

#include <pwd.h>
#include <unistd.h>

#include <cstdlib>

#include "gateway/app/advice.hpp"
#include "gateway/app/agreement_reload.hpp"
#include "gateway/app/data_folders.hpp"
#include "gateway/app/gateway_presence.hpp"
#include "gateway/app/operations_answer.hpp"
#include "gateway/app/wiring.hpp"
#include "gateway/base/base64.hpp"
#include "gateway/base/file_system.hpp"
#include "gateway/http/control_client.hpp"
#include "gateway/pipeline/operations.hpp"
#include "templates/renderer.hpp"

namespace duenotice::app {
namespace {

/// Without a gateway: the parts of one that an order needs, none of which connects to anything.
Result<Json> perform_alone(const Configuration& configuration, const Json& order) {
  const SystemClock clock;
  SystemRandom random;
  Log log(LogLevel::warning, configuration.log.format);
  const PipelineSettings settings = pipeline_settings(configuration);
  const auto loaded = templates::load_library(configuration.agreements.path, configuration.calendar.file);
  if (!loaded.library)
    return Error{ErrorKind::invalid, mistakes_in_words(loaded.mistakes, configuration.calendar.file)};
  const auto providers = open_providers(configuration);
  if (!providers) return providers.error();
  SqliteJournalOptions options = journal_options(configuration);
  options.rewrites_any_size = true;
  auto journal = open_sqlite_journal(options, clock, log);
  if (!journal) return journal.error();
  const RequestSchema schema;
  const templates::CurrentLibrary library(loaded.library);
  const MessageMaker maker(library, *providers, settings.in_site_enabled);
  const Intake intake(maker, schema, settings.max_body_bytes, clock, random);
  const NoticeLife life(maker, settings, intake, clock, random);
  auto done = Operations(**journal, life, intake, clock, random, [](const AfterCommit&) {}).perform(order);
  (*journal)->close();
  return done;
}

Error advised(Error error, const Json& order) {
  if (order.find("notice") != nullptr) return where_notices_are(std::move(error));
  if (order.find("rejection") != nullptr) return where_rejections_are(std::move(error));
  if (order.find("job") != nullptr) return where_replays_are(std::move(error));
  return error;
}

}  // namespace

Result<Performed> perform(const LoadedConfiguration& loaded, const Json& order) {
  const Configuration& configuration = loaded.configuration;
  // Asked before: of an order that was given and not answered nobody knows whether it is carried out.
  if (!gateway_is_away(configuration.control.socket)) {
    const auto response =
        http::ControlClient(configuration.control.socket).post("/v1/operations", canonical_json(order));
    if (!response) return look_before_it_is_given_again(response.error(), order);
    auto answer = read_answer(*response);
    if (!answer) return advised(answer.error(), order);
    return Performed{std::move(*answer), true};
  }
  if (const Status right = may_read(configuration.journal.path); !right) return right.error();
  if (!std::filesystem::exists(configuration.journal.path))
    return Error{ErrorKind::not_found,
                 "there is no journal at " + configuration.journal.path.string() + " yet"};
  // Nobody is there. The lock holds the place until the order is carried out.
  auto answer = perform_alone(configuration, order);
  if (!answer) return advised(answer.error(), order);
  return Performed{std::move(*answer), false};
}

Status check_reason(const OrderArguments& arguments) {
  if (arguments.reason.find_first_not_of(" \t\r\n") != std::string::npos) return Done{};
  return Error{ErrorKind::invalid, "--reason is missing: say why in your own words; auditors read it"};
}

std::string operator_name(const std::optional<std::string>& given) {
  if (given) return *given;
  const char* before_sudo = std::getenv("SUDO_USER");
  if (before_sudo != nullptr && *before_sudo != '\0') return before_sudo;
  const passwd* user = ::getpwuid(::geteuid());
  return user != nullptr ? user->pw_name : "uid " + std::to_string(::geteuid());
}

Result<std::string> read_order_file(const std::string& path) {
  auto content = read_file(path, limits::order_file_bytes);
  if (!content) return content.error();
  if (content->empty()) return Error{ErrorKind::invalid, path + " is empty"};
  return content;
}

Json as_order_bytes(std::string_view bytes) {
  const std::string text = to_base64(bytes);
  Json pieces = Json::array();
  constexpr std::size_t piece = limits::json_string_bytes / 2;
  for (std::size_t at = 0; at < text.size(); at += piece) pieces.push_back(text.substr(at, piece));
  return pieces;
}

}  // namespace duenotice::app
