"""The trail tells its acts in words."""

import ast

from tests.house_rules.source import parsed, python_files
from tracker.audit.names import ACTS


def test_every_act_that_is_traced_has_its_words():
    traced = set()
    for file in python_files("tracker"):
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "trace" and node.args:
                said = node.args[0]
                traced |= {said.value} if isinstance(said, ast.Constant) else set()
    assert traced - set(ACTS) == set()
