#include "queue/rabbitmq_endpoint.hpp"

#include <catch2/catch.hpp>

using namespace duenotice;
using namespace duenotice::queue;

namespace {

RabbitEndpoint endpoint_of(const std::string& url, const std::string& password = "") {
  RabbitOptions options;
  options.url = url;
  options.password = password;
  auto endpoint = rabbit_endpoint(options);
  REQUIRE(endpoint.ok());
  return std::move(*endpoint);
}

}  // namespace

TEST_CASE("a URL names host, port, user and virtual host") {
  const RabbitEndpoint endpoint = endpoint_of("amqps://gate%40way:s%2Fcret@broker.example:5677/notices");
  CHECK(endpoint.host == "broker.example");
  CHECK(endpoint.port == 5677);
  CHECK(endpoint.tls);
  CHECK(endpoint.user == "gate@way");
  CHECK(endpoint.password == "s/cret");
  CHECK(endpoint.vhost == "notices");
}

TEST_CASE("what a URL leaves out has the protocol's default") {
  const RabbitEndpoint plain = endpoint_of("amqp://broker.example");
  CHECK(plain.port == 5672);
  CHECK_FALSE(plain.tls);
  CHECK(plain.user == "guest");
  CHECK(plain.vhost == "/");
  CHECK(endpoint_of("amqps://broker.example").port == 5671);
  CHECK(endpoint_of("amqp://broker.example/%2f").vhost == "/");
  CHECK(endpoint_of("amqp://broker.example/").vhost == "/");
}

TEST_CASE("a password of its own takes precedence, and no name for people holds one") {
  const RabbitEndpoint endpoint = endpoint_of("amqp://user:from-url@broker.example/x", "from-file");
  CHECK(endpoint.password == "from-file");
  CHECK_THAT(endpoint.name(), Catch::Contains("broker.example:5672"));
  CHECK_THAT(endpoint.name(), !Catch::Contains("from-"));
}

TEST_CASE("what is not an AMQP URL is refused without repeating it") {
  for (const char* url : {"", "http://user:secret@host/", "amqp://user:secret@host:port/", "amqp//secret"}) {
    RabbitOptions options;
    options.url = url;
    const auto endpoint = rabbit_endpoint(options);
    REQUIRE_FALSE(endpoint.ok());
    CHECK(endpoint.error().kind == ErrorKind::invalid);
    CHECK_THAT(endpoint.error().message, !Catch::Contains("secret"));
  }
}
