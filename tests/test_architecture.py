import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = [
    path
    for package in ("cityportal", "news")
    for path in sorted((ROOT / package).rglob("*.py"))
    if "migrations" not in path.parts
]
READERS_SIDE = ("views", "syndication", "templatetags", "context_processors.py")
GATES = {
    "public": "what a citizen may see",
    "withdrawn": "that a text was taken back, with the reason and none of its words",
    "gone": "the same at its address, and until when something was shown",
    "expired": "when a feed last lost an entry",
    "none": "nothing",
}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_modules_import_only_what_stands_below_them():
    # In a process of its own: it sets up logging anew, and that silences the loggers of this one.
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout


def test_models_have_one_front_door():
    around = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in SOURCES
        if "models" not in path.parts
        for name in imports(path)
        if name.startswith("news.models.")
    ]

    assert not around, "\n".join(around)


def test_what_readers_get_comes_through_the_gate():
    around = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.value.value.id}.objects.{node.attr}"
        for path in SOURCES
        if set(READERS_SIDE) & set(path.parts)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr in ("objects", "_default_manager", "_base_manager")
        and isinstance(node.value.value, ast.Name)
        and node.value.value.id in ("Article", "Event")
        and node.attr not in GATES
    ]

    assert not around, "\n".join(around)


def test_files_are_named_by_what_they_are_about():
    nameless = {"utils", "util", "helpers", "helper", "common", "services", "selectors", "managers", "misc"}

    assert [path for path in SOURCES if nameless & {path.stem, *path.relative_to(ROOT).parts}] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_error_is_swallowed_whole(path: Path):
    broad = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ExceptHandler)
        and (
            node.type is None
            or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException"))
        )
    ]

    assert broad == []
