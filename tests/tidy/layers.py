"""Who may know whom. Each rule takes {path: text} and yields complaints `path:line: sentence`."""

import re

from sources import folder_of, includes, is_cpp, is_product

BASE, NOTICE, AGREEMENT = "gateway/base", "gateway/notice", "gateway/agreement"
JOURNAL, PIPELINE, HTTP, APP = "gateway/journal", "gateway/pipeline", "gateway/http", "gateway/app"
EVIDENCE = "gateway/evidence"
VALUES = {BASE, NOTICE, AGREEMENT}
PARTS = {"queue", "templates", "channels", JOURNAL}
# Whoever checks the record needs evidence and base alone.

MAY_KNOW = {
    BASE: set(),
    NOTICE: {BASE},
    AGREEMENT: {BASE, NOTICE},
    EVIDENCE: {BASE},
    **{part: VALUES for part in PARTS},
    JOURNAL: VALUES | {EVIDENCE},
    PIPELINE: VALUES | PARTS,
    HTTP: VALUES | PARTS | {PIPELINE},
    APP: VALUES | PARTS | {EVIDENCE, PIPELINE, HTTP},
}

# What pipeline and http may see of the parts: the contracts, and the
# in-site channel, which is a pure function.
CONTRACTS = re.compile(
    r"queue/queue\.hpp|channels/channel\.hpp|channels/in_site/\w+\.hpp"
    r"|templates/(current_library|renderer)\.hpp"
    r"|gateway/journal/(holdings|job|journal|transaction|journal_reader)\.hpp"
)

# Third-party headers, and the only files that may include them. A header
# that is not here is not allowed at all.
THIRD_PARTY = {
    "CLI/": {
        "gateway/app/command_line.cpp",
        "gateway/app/command_line_audit.cpp",
        "gateway/app/command_line_documents.cpp",
        "gateway/app/command_line_erasure.cpp",
        "gateway/app/command_line_keys.cpp",
        "gateway/app/command_line_log.cpp",
        "gateway/app/command_line_operators.cpp",
        "gateway/app/usage_error.cpp",
    },
    "Poco/": {"gateway/http/http_server.cpp"},
    "amqp": {"queue/rabbitmq_endpoint.cpp", "queue/rabbitmq_wire.cpp"},
    "cairo-": {"gateway/app/certificate_page.cpp"},
    "cctz/": {"gateway/base/time_zone.cpp"},
    "ctemplate/": {"templates/template_engine.cpp"},
    "curl/": {
        "channels/email/smtp_lane.cpp",
        "channels/http_client.cpp",
        "channels/libcurl.cpp",
        "channels/server_url.cpp",
        "gateway/evidence/http_post.cpp",
        "gateway/http/control_client.cpp",
    },
    "idn2.h": {"channels/email/mail_address.cpp"},
    "nlohmann/": {
        "gateway/base/json_parse.cpp",
        "gateway/base/json_patch.cpp",
        "gateway/notice/request_schema.cpp",
    },
    "openssl/": {
        "gateway/base/base64.cpp",
        "gateway/base/digest.cpp",
        "gateway/evidence/ed25519.cpp",
        "gateway/evidence/merkle_hasher.cpp",
        "gateway/evidence/time_stamp.cpp",
        "gateway/evidence/time_stamp_reply.cpp",
        "gateway/evidence/time_stamp_request.cpp",
        "gateway/evidence/time_stamp_roots.cpp",
    },
    "pango/": {"gateway/app/certificate_page.cpp"},
    "prometheus/": {"gateway/app/metrics.cpp"},
    "qrencode.h": {"gateway/app/qr_code.cpp"},
    "sodium.h": {"gateway/base/sealed_box.cpp"},
    "spdlog/": {"gateway/base/log.cpp"},
    "sqlite3.h": {"gateway/base/sqlite.cpp"},
    "toml++/": {"gateway/app/configuration_file.cpp", "gateway/base/toml_document.cpp"},
    "valijson/": {"gateway/notice/request_schema.cpp"},
}

POSIX = set(
    """
    arpa/inet.h dirent.h fcntl.h netdb.h netinet/in.h netinet/tcp.h poll.h pthread.h pwd.h signal.h
    sys/eventfd.h sys/file.h sys/ioctl.h sys/mman.h sys/random.h sys/resource.h sys/signalfd.h sys/socket.h
    sys/stat.h sys/statvfs.h sys/sysmacros.h sys/timex.h sys/types.h sys/un.h sys/wait.h sysexits.h termios.h
    time.h unistd.h
""".split()
)


def dependency_direction(files):
    for path, text in files.items():
        if not (is_cpp(path) and is_product(path)):
            continue
        own = folder_of(path)
        for number, quoted, _ in includes(text):
            if quoted is None:
                continue
            other = folder_of(quoted)
            if other != own and other not in MAY_KNOW.get(own, set()):
                yield f"{path}:{number}: {own} must not know {other} ({quoted})"


def roof_through_contracts(files):
    for path, text in files.items():
        if folder_of(path) not in (PIPELINE, HTTP) or not is_cpp(path):
            continue
        for number, quoted, _ in includes(text):
            if quoted and folder_of(quoted) in PARTS and not CONTRACTS.fullmatch(quoted):
                yield f"{path}:{number}: only gateway/app may know the concrete {quoted}"


def includes_exist(files):
    for path, text in files.items():
        if is_cpp(path):
            for number, quoted, _ in includes(text):
                if quoted and quoted not in files and quoted + ".in" not in files:
                    yield f'{path}:{number}: "{quoted}" is no file of the repository (from its root)'


def third_party_fenced(files):
    for path, text in files.items():
        if not (is_cpp(path) and is_product(path)):
            continue
        for number, _, angle in includes(text):
            if angle is None or angle in POSIX or not ("/" in angle or angle.endswith((".h", ".hpp"))):
                continue
            homes = next(
                (files_ for prefix, files_ in THIRD_PARTY.items() if angle.startswith(prefix)), set()
            )
            if path.endswith(".hpp"):
                yield f"{path}:{number}: third-party header <{angle}> in a header"
            elif path not in homes:
                yield f"{path}:{number}: <{angle}> belongs into {sorted(homes) or 'no file at all'}"
