"""The repository keeps its own rules."""

import unittest

import layers
import manners
import sources


class Tidy(unittest.TestCase):
    def setUp(self):
        self.files = sources.repository()

    def check(self, complaints):
        found = sorted(complaints)
        self.assertEqual(found, [], "\n" + "\n".join(found))

    def test_folders_know_only_what_is_below_them(self):
        self.check(layers.dependency_direction(self.files))

    def test_pipeline_and_http_use_contracts_only(self):
        self.check(layers.roof_through_contracts(self.files))

    def test_includes_are_written_from_the_root(self):
        self.check(layers.includes_exist(self.files))

    def test_third_party_headers_stay_where_they_belong(self):
        self.check(layers.third_party_fenced(self.files))

    def test_columns(self):
        self.check(manners.columns(self.files))

    def test_file_lengths(self):
        self.check(manners.file_lengths(self.files))

    def test_function_lengths(self):
        self.check(manners.function_lengths(self.files))

    def test_nothing_is_left_unfinished(self):
        self.check(manners.left_overs(self.files))

    def test_tests_wait_for_conditions(self):
        self.check(manners.sleeps_in_tests(self.files))

    def test_titles_of_tests(self):
        self.check(manners.titles_of_tests(self.files))

    def test_tests_assert_something(self):
        self.check(manners.tests_assert(self.files))

    def test_no_paths_of_one_machine(self):
        self.check(manners.machine_paths(self.files))

    def test_every_source_is_built(self):
        self.check(manners.dead_files(self.files))

    def test_changelog(self):
        self.check(manners.changelog(self.files))

    def test_top_level_entries(self):
        self.check(manners.top_level_entries(sources.top_level()))

    def test_scripts_parse(self):
        self.check(manners.scripts_parse(self.files))
