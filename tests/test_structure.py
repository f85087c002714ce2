"""The shape of the code: who may import whom, how long things may be, what is described, what is loaded when."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import allonym

PACKAGE = Path(allonym.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
#: The way of the data: a folder imports from those before it, from itself, and from what everybody may import.
WAY = (
    "sources", "names", "store", "index", "matching", "resolution", "screening", "news", "dossier", "cases", "api",
    "web",
)  # fmt: skip
#: Doors: they stand above the single files, and below the commands.
DOORS = {"api", "web"}
FOR_ALL = ("model", "errors", "collector")
#: Data files with their checker: beside the way, read by the adapter in sources/.
REGISTERS = "registers"
LONGEST_FILE, LONGEST_FUNCTION = 300, 60
NAMELESS = {"utils", "util", "helpers", "helper", "misc", "common", "tools", "shared"}
HEAVY = ("followthemoney", "pyarrow", "lxml", "rich", "urllib3", "charset_normalizer", "python_calamine")


def name_of(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Line and name within the package (`store.view`) of everything of ours that a file imports, wherever it does."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == "allonym":
                    yield node.lineno, alias.name.partition(".")[2]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}, line {node.lineno}: imports are absolute"
            if node.module == "allonym":
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif node.module and node.module.startswith("allonym."):
                yield node.lineno, node.module.removeprefix("allonym.")


def allowed(folder: str, module: str) -> bool:
    top = module.split(".")[0]
    if top in (*FOR_ALL, "__version__", folder):
        return True
    if folder == REGISTERS:
        return False
    if folder in DOORS and top not in WAY:
        return top not in ("cli", "commands")
    return top in WAY[: WAY.index(folder)] or (folder == "sources" and top == REGISTERS)


@pytest.mark.parametrize("folder", [*WAY, REGISTERS])
def test_a_folder_imports_from_those_before_it(folder: str) -> None:
    wrong = [
        f"{name_of(path)}, line {line}: allonym.{module}"
        for path in FILES
        if path.relative_to(PACKAGE).parts[0] == folder
        for line, module in imported(path)
        if not allowed(folder, module)
    ]
    assert not wrong, wrong


def test_what_everybody_may_import_imports_nothing_of_ours() -> None:
    assert [list(imported(PACKAGE / f"{name}.py")) for name in FOR_ALL] == [[]] * len(FOR_ALL)


def test_every_folder_is_on_the_way() -> None:
    """A new folder takes its place in the picture; what is above all are single files and the commands."""
    folders = {path.relative_to(PACKAGE).parts[0] for path in FILES if path.parent != PACKAGE}
    assert folders == {*WAY, REGISTERS, "commands"}


def test_nobody_imports_a_command_but_the_command_line() -> None:
    users = {name_of(path) for path in FILES for _, module in imported(path) if module.split(".")[0] == "commands"}
    assert all(user.startswith("commands/") for user in users), users


def test_files_are_short() -> None:
    long = {}
    for path in FILES:
        lines = sum(1 for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
        if lines > LONGEST_FILE:
            long[name_of(path)] = lines
    assert not long


def test_functions_are_short() -> None:
    long = {}
    for path in FILES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                length = node.end_lineno - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    long[f"{name_of(path)}: {node.name}"] = length
    assert not long


def test_every_file_is_named_after_something() -> None:
    assert not [name_of(path) for path in FILES if NAMELESS & {*path.parent.parts, path.stem}]


def undescribed(path: Path) -> Iterator[str]:
    module = tree(path)
    if module.body and not ast.get_docstring(module):
        yield f"{name_of(path)}: the module"
    for parent in ast.walk(module):
        if isinstance(parent, ast.Module) or (isinstance(parent, ast.ClassDef) and not parent.name.startswith("_")):
            for node in parent.body:
                if (
                    isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
                    and not node.name.startswith("_")
                    and not ast.get_docstring(node)
                ):
                    yield f"{name_of(path)}, line {node.lineno}: {node.name}"


def test_everything_public_is_described() -> None:
    missing = [text for path in FILES for text in undescribed(path)]
    assert not missing, "\n".join(missing)


def test_the_types_are_published() -> None:
    assert (PACKAGE / "py.typed").exists()


def loaded_by(code: str, *words: str) -> set[str]:
    """The modules, of those that are heavy, that a new process has loaded after the code."""
    told = f"{code}\nimport sys\nprint(*(name for name in {HEAVY!r} if name in sys.modules))"
    ran = subprocess.run([sys.executable, "-c", told, *words], capture_output=True, text=True, timeout=60)
    assert (ran.returncode, ran.stderr) == (0, ""), ran
    return set(ran.stdout.splitlines()[-1].split())


SCREEN = """
import sys, allonym
lists = allonym.open(sys.argv[1])
(hits,) = lists.screen(["cartel of the suns"])
assert hits[0].entity_id == "reg-cartel-de-los-soles" and hits[0].explain()
"""
COMPARE = """
import allonym
record = {"schema": "Person", "properties": {"name": ["Nicolas Maduro"]}}
assert allonym.compare(record, record).match
"""


@pytest.mark.parametrize("code", [SCREEN, COMPARE], ids=["screen", "compare"])
def test_a_name_is_answered_without_what_loading_needs(code: str, new_folder: Path) -> None:
    found = loaded_by(code, str(new_folder))
    assert not found, f"a look-up imported {', '.join(sorted(found))}"


def test_importing_allonym_imports_next_to_nothing() -> None:
    code = "import sys, allonym\nassert not {'numpy', 'sqlalchemy', 'click', 'orjson'} & set(sys.modules)"
    assert not loaded_by(code)


def test_the_help_is_there_without_the_data() -> None:
    code = (
        "import sys\nfrom allonym import cli\nassert cli.run(['--help']) == 0\n"
        "assert not {'numpy', 'sqlalchemy'} & set(sys.modules)"
    )
    assert not loaded_by(code)
