"""Every rule of the tidy test complains about something bad and not about something good."""

import unittest

import layers
import manners


class RulesCanFail(unittest.TestCase):
    def check(self, rule, bad, good):
        self.assertEqual(len(list(rule(bad))), 1, f"{rule.__name__} must complain once about {bad}")
        self.assertEqual(list(rule(good)), [])

    def test_dependency_direction(self):
        for path, other in [
            ("gateway/base/a.cpp", "gateway/notice/b.hpp"),
            ("queue/a.hpp", "channels/channel.hpp"),
            ("gateway/journal/a.cpp", "gateway/pipeline/b.hpp"),
            ("gateway/http/a.cpp", "gateway/app/b.hpp"),
            ("gateway/notice/a.cpp", "gateway/agreement/b.hpp"),
            ("templates/a.cpp", "queue/queue.hpp"),
        ]:
            self.check(
                layers.dependency_direction,
                {path: f'#include "{other}"\n'},
                {
                    path: '#include "gateway/base/time.hpp"\n#include <string>\n',
                    "tests/a.cpp": f'#include "{other}"',
                },
            )

    def test_roof_through_contracts(self):
        for concrete in [
            "gateway/journal/sqlite_journal.hpp",
            "queue/rabbitmq_consumer.hpp",
            "channels/email/email.hpp",
        ]:
            self.check(
                layers.roof_through_contracts,
                {"gateway/pipeline/a.cpp": f'#include "{concrete}"\n'},
                {
                    "gateway/pipeline/a.cpp": '#include "queue/queue.hpp"\n'
                    '#include "gateway/base/time.hpp"\n',
                    "gateway/app/wiring.cpp": f'#include "{concrete}"\n',
                },
            )

    def test_includes_exist(self):
        self.check(
            layers.includes_exist,
            {"queue/a.cpp": '#include "a.hpp"\n', "queue/a.hpp": ""},
            {"queue/a.cpp": '#include "queue/a.hpp"\n', "queue/a.hpp": ""},
        )

    def test_third_party_fenced(self):
        good = {
            "gateway/base/json_parse.cpp": "#include <nlohmann/json.hpp>\n#include <map>\n#include <poll.h>\n"
        }
        self.check(
            layers.third_party_fenced, {"gateway/notice/a.cpp": "#include <nlohmann/json.hpp>\n"}, good
        )
        self.check(
            layers.third_party_fenced, {"gateway/base/json.hpp": "#include <nlohmann/json.hpp>\n"}, good
        )
        self.check(layers.third_party_fenced, {"queue/a.cpp": "#include <boost/asio.hpp>\n"}, good)

    def test_columns(self):
        self.check(manners.columns, {"a.cpp": "x" * 111}, {"a.cpp": "通" * 110, "a.md": "x" * 500})

    def test_file_lengths(self):
        self.check(manners.file_lengths, {"a.cpp": "\n" * 401}, {"a.cpp": "\n" * 400})

    def test_function_lengths(self):
        cpp = "int f() {{\n{}  return 1;\n}}\n"
        python = "def f():\n{}    return 1\n"
        self.check(
            manners.function_lengths,
            {"a.cpp": cpp.format("  g();\n" * 68)},
            {"a.cpp": cpp.format("  g();\n" * 67)},
        )
        self.check(
            manners.function_lengths,
            {"a.py": python.format("    g()\n" * 69)},
            {"a.py": python.format("    g()\n" * 60)},
        )

    def test_left_overs(self):
        self.check(manners.left_overs, {"a.cpp": "// TO" "DO: later\n"}, {"a.cpp": "// nothing to do\n"})

    def test_sleeps_in_tests(self):
        bad = "std::this_thread::sleep_" "for(1s);\n"
        self.check(
            manners.sleeps_in_tests,
            {"tests/a.cpp": bad},
            {"gateway/a.cpp": bad, "tests/a.cpp": "wait_until(x);\n"},
        )

    def test_titles_of_tests(self):
        self.check(
            manners.titles_of_tests,
            {"tests/a.cpp": 'TEST_CASE(\n    "a "\n    "b; c") {}\n'},
            {"tests/a.cpp": 'TEST_CASE("a, b") { CHECK(f("a; b")); }\n'},
        )

    def test_tests_assert(self):
        helper = "void refused(int a) {\n  CHECK(a);\n}\n"
        self.check(
            manners.tests_assert,
            {"tests/a.cpp": 'TEST_CASE("a") { f(); }\nTEST_CASE("b") { CHECK(f()); }\n' + helper},
            {"tests/a.cpp": helper + 'TEST_CASE("a") { REQUIRE(f()); }\nTEST_CASE("b") { refused(1); }\n'},
        )
        self.check(
            manners.tests_assert,
            {"tests/a.py": "def test_a(self):\n    f()\n"},
            {"tests/a.py": "def test_a(self):\n    self.assertTrue(f())\n"},
        )

    def test_machine_paths(self):
        self.check(
            manners.machine_paths,
            {"a.md": "see /" "home/me/x\n"},
            {"a.md": "see /etc/duenotice and a/home/me\n"},
        )

    def test_dead_files(self):
        self.check(
            manners.dead_files,
            {"queue/CMakeLists.txt": "SOURCES b.cpp email/a.cpp", "queue/a.cpp": ""},
            {"queue/CMakeLists.txt": "SOURCES a.cpp sub/c.cpp", "queue/a.cpp": "", "queue/sub/c.cpp": ""},
        )

    def test_changelog(self):
        good = "# Changelog\n\n## 0.1.0 (2026-11-21)\n\n- The first line\n  of it.\n"
        for bad in [
            good.replace("# Changelog", "# History"),
            good.replace("0.1.0 (", "v0.1 ("),
            good.replace("- The", "The"),
        ]:
            self.check(manners.changelog, {"CHANGELOG.md": bad}, {"CHANGELOG.md": good})

    def test_top_level_entries(self):
        self.check(manners.top_level_entries, {"src", "README.md"}, {"README.md", "gateway", ".gitignore"})

    def test_scripts_parse(self):
        self.check(
            manners.scripts_parse,
            {"a": "#!/usr/bin/env bash\nif true; then\n"},
            {"a": "#!/usr/bin/env bash\ntrue\n"},
        )
        self.check(manners.scripts_parse, {"a.py": "def f(:\n"}, {"a.py": "def f():\n    pass\n"})
