"""A known vulnerability of a locked version is named; one of another version, or one withdrawn, is not."""

import pytest

from release import advisories
from release.licences import shipped

NAME, VERSION = shipped()[0]
AFFECTED = {
    "named": (f'versions: ["{VERSION}"]', True),
    "from the beginning": ('ranges: [{type: ECOSYSTEM, events: [{introduced: "0"}]}]', True),
    "mended before": ('ranges: [{type: ECOSYSTEM, events: [{introduced: "0"}, {fixed: "0.0.1"}]}]', False),
    "mended later": ('ranges: [{type: ECOSYSTEM, events: [{introduced: "0"}, {fixed: "9999"}]}]', True),
    "let in again": (
        'ranges: [{type: ECOSYSTEM, events: [{introduced: "0"}, {fixed: "0.0.1"}, {introduced: "0.0.2"}]}]',
        True,
    ),
    "last seen before": ('ranges: [{type: ECOSYSTEM, events: [{introduced: "0"}, {last_affected: "0.0.1"}]}]', False),
    "in commits only": ('ranges: [{type: GIT, events: [{introduced: "0"}]}]', False),
    "of others": ('versions: ["0.0.1"]', False),
}


@pytest.mark.parametrize("how", AFFECTED)
def test_a_locked_version_that_is_affected_is_named(tmp_path, how):
    said, concerns = AFFECTED[how]
    written(tmp_path, f"id: PYSEC-1\naffected:\n- {said}\n")
    assert list(advisories.concerning(tmp_path)) == ([(NAME, VERSION, "PYSEC-1")] if concerns else [])


def test_one_that_was_withdrawn_concerns_nobody(tmp_path):
    written(tmp_path, f'id: PYSEC-1\nwithdrawn: 2024-01-01\naffected:\n- versions: ["{VERSION}"]\n')
    assert list(advisories.concerning(tmp_path)) == []


def written(folder, text):
    place = folder / "vulns" / NAME.upper().replace("-", "_")
    place.mkdir(parents=True)
    (place / "PYSEC-1.yaml").write_text(text, encoding="utf-8")
