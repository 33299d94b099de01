"""Templates: all compile, none carries style or script in itself, every letter has its three parts."""

import re

import pytest

from tests.house_rules.source import LETTERS, TEMPLATES, shown, templates
from tracker import create_app

INLINE = {
    "a style attribute": re.compile(r"\sstyle\s*="),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script in the page": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "something from elsewhere": re.compile(r"(?:src|href)=[\"'](?:https?:)?//", re.IGNORECASE),
    "a form without a method": re.compile(r"<form(?![^>]*\bmethod=)", re.IGNORECASE),
}
PARTS = {"subject.txt", "body.txt", "body.html"}
PAGES = [file for file in templates() if LETTERS not in file.parents]


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    return create_app({"INSTANCE_PATH": str(tmp_path_factory.mktemp("templates")), "SCHEDULER": False}).jinja_env


def test_there_are_templates():
    assert templates()


@pytest.mark.parametrize("file", templates(), ids=shown)
def test_it_compiles(file, environment):
    environment.compile(file.read_text(encoding="utf-8"), filename=str(file))


@pytest.mark.parametrize("file", PAGES, ids=shown)
def test_a_page_carries_no_style_or_script(file):
    text = file.read_text(encoding="utf-8")
    assert [name for name, pattern in INLINE.items() if pattern.search(text)] == []


def test_no_template_calls_a_text_safe():
    """What people write is escaped wherever it is shown, letters too."""
    unsafe = re.compile(r"\|\s*safe\b|autoescape\s+false", re.IGNORECASE)
    assert [shown(file) for file in templates() if unsafe.search(file.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("file", PAGES, ids=shown)
def test_a_form_that_changes_something_carries_its_token(file):
    forms = re.findall(
        r"<form\b[^>]*method=[\"']post[\"'].*?</form>", file.read_text(encoding="utf-8"), re.DOTALL | re.I
    )
    assert [form[:80] for form in forms if "csrf" not in form and "caller()" not in form] == []


def test_every_letter_has_a_subject_and_both_bodies():
    folders = [folder for folder in LETTERS.iterdir() if folder.is_dir() and not folder.name.startswith("_")]
    assert {folder.name: PARTS - {part.name for part in folder.iterdir()} for folder in folders} == {
        folder.name: set() for folder in folders
    }


def test_names_of_folders_are_names_of_packages_or_parts():
    known = {"letters", "components", "errors", "layouts"}
    packages = {folder.name for folder in (TEMPLATES.parent / "tracker").iterdir()}
    assert {folder.name for folder in TEMPLATES.iterdir() if folder.is_dir()} <= known | packages
