"""README and docs: every command and example runs as written, in the order in which it stands."""

import doctest
import io
import re
import shlex
import shutil
import sys
import tomllib
import warnings
from contextlib import ExitStack, chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from typer.main import get_command

import gridgov
from gridgov import errors, schema
from gridgov.cli.app import COMMANDS, main, program
from gridgov.columns import ROLES, find_column
from gridgov.owners.findings import FINDINGS

ROOT = Path(__file__).parents[1]
DOCS = [ROOT / "README.md", ROOT / "README.zh.md", ROOT / "CHANGELOG.md", *sorted(ROOT.glob("docs/*.md"))]
NAMES = [path.relative_to(ROOT).as_posix() for path in DOCS]

#: What blocks of code are: run, run as doctests, checked by eye of a test, or only shown.
RUN, DOCTEST, INSTALL, SHOWN = {"console", "python"}, {"pycon"}, {"sh", "bat"}, {"text"}
#: So say documents whose commands begin with the network that README merges.
NEEDS_NETWORK = "`network.gpkg` is the network merged in"
#: Run elsewhere: README.zh.md has the commands of README.md, which a test compares.
ELSEWHERE = {"README.zh.md"}
#: Where `gridgov demo` writes if it is not told.
DEMO_FOLDER = "gridgov-demo"
EXIT = re.compile(r"# exit code (\d+)$")
LINK = re.compile(r"\]\(([^)\s]+)\)")
MAKE = re.compile(r"make (\w+)")


class Block(NamedTuple):
    """One fenced block: its language and its lines."""

    language: str
    text: str


def blocks(path: Path) -> list[Block]:
    found = re.findall(r"^```(\w*)\n(.*?)^```$", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    return [Block(language, text) for language, text in found]


def commands(text: str) -> list[tuple[str, list[str]]]:
    """Commands of a console block with the lines shown below each."""
    joined = re.sub(r"\\\n\s*", "", text).splitlines()
    starts = [number for number, line in enumerate(joined) if line.startswith("$ ")]
    ends = [*starts[1:], len(joined)]
    return [(joined[a][2:], joined[a + 1 : b]) for a, b in zip(starts, ends, strict=False)]


def squeezed(text: str) -> str:
    return " ".join(text.split())


def as_shown(line: str) -> str:
    """What a shown line matches: itself, with anything where it has ``...``."""
    return ".*".join(re.escape(squeezed(part)) for part in line.split("..."))


#: The merge of README.md: it runs once for all documents.
MERGE = next(
    command
    for block in blocks(ROOT / "README.md")
    for command, _ in commands(block.text)
    if command.startswith("gridgov merge")
)


@pytest.fixture(scope="session")
def merged(made_once):
    """The network that README merges, and what was said."""

    def make(folder):
        shutil.copytree(ROOT / "data" / "samples", folder, dirs_exist_ok=True)
        code, said = ran(shlex.split(MERGE)[1:], folder)
        assert code == 0, said
        (folder / "said.txt").write_text(said, encoding="utf-8")

    folder = made_once("network of the readme", make)
    return folder / "network.gpkg", (folder / "said.txt").read_text("utf-8")


def run(command: str, shown: list[str], folder: Path) -> Path:
    """Run one command as written; answer the folder of the next one."""
    words = shlex.split(command, comments=True)
    if words[0] == "cd":
        assert (folder / words[1]).is_dir(), command
        return folder / words[1]
    assert words[0] == "gridgov", command
    wanted = int(found[1]) if (found := EXIT.search(command)) else 0
    code, said = ran(words[1:], folder)
    assert code == wanted, f"{command}\n{said}"
    compare(command, shown, said)
    return folder


def compare(command: str, shown: list[str], said: str) -> None:
    """Whether a command said what is shown below it."""
    missing = [line for line in shown if not re.search(as_shown(line), squeezed(said))]
    assert not missing, f"{command}\ndid not say {missing}, but:\n{said}"


def demonstrate(command: str, shown: list[str], folder: Path, demonstrated: tuple[Path, Any]) -> None:
    """The demo takes long: it ran once for all tests, in a folder of another name than here."""
    place, ended = demonstrated
    assert ended.code == 0
    compare(command, shown, (ended.out + ended.err).replace("结果 1", DEMO_FOLDER))
    shutil.copytree(place / "结果 1", folder / DEMO_FOLDER)


def ran(words: list[str], folder: Path) -> tuple[object, str]:
    """Exit code and words on both streams; in this process, as starting Python takes most of the time."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with ExitStack() as around:
        for context in (chdir(folder), redirect_stdout(stream), redirect_stderr(stream)):
            around.enter_context(context)
        around.enter_context(warnings.catch_warnings())
        warnings.simplefilter("default")
        around.enter_context(pytest.MonkeyPatch.context()).setattr(sys, "argv", ["gridgov", *words])
        with pytest.raises(SystemExit) as end:
            main()
    return end.value.code or 0, stream.buffer.getvalue().decode()


def run_doctest(block: Block, name: str) -> None:
    test = doctest.DocTestParser().get_doctest(block.text, {}, name, name, 0)
    assert doctest.DocTestRunner().run(test).failed == 0


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ELSEWHERE])
def test_every_command_and_example_runs_as_written(name, tmp_path, monkeypatch, request):
    text = (ROOT / name).read_text("utf-8")
    here = tmp_path / "samples"
    todo = [block for block in blocks(ROOT / name) if block.language in RUN | DOCTEST]
    if any(block.language in RUN for block in todo):
        shutil.copytree(ROOT / "data" / "samples", here)
    if NEEDS_NETWORK in text:
        shutil.copy(request.getfixturevalue("merged")[0], here)
    names: dict[str, object] = {}
    for block in todo:
        if block.language == "console":
            for command, shown in commands(block.text):
                if command == "gridgov demo":
                    demonstrate(command, shown, here, request.getfixturevalue("demonstrated"))
                elif command == MERGE:
                    network, said = request.getfixturevalue("merged")
                    compare(command, shown, said)
                    shutil.copy(network, here)
                else:
                    here = run(command, shown, here)
        elif block.language == "python":
            monkeypatch.chdir(here)
            exec(compile(block.text, name, "exec"), names)  # noqa: S102 - our own examples
        else:
            run_doctest(block, name)


def test_both_readmes_give_the_same_commands():
    english, chinese = (blocks(ROOT / name) for name in ("README.md", "README.zh.md"))
    assert english == chinese


@pytest.mark.parametrize("name", NAMES)
def test_every_block_is_of_a_kind_that_is_checked(name):
    known = RUN | DOCTEST | INSTALL | SHOWN
    assert [block.language for block in blocks(ROOT / name) if block.language not in known] == []


@pytest.mark.parametrize("name", NAMES)
def test_console_blocks_hold_commands(name):
    empty = [block for block in blocks(ROOT / name) if block.language == "console" and "$ " not in block.text]
    assert empty == []


@pytest.mark.parametrize("name", NAMES)
def test_make_targets_and_programs_that_are_not_run_here_exist(name):
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE))
    known = set(COMMANDS)
    for block in blocks(ROOT / name):
        if block.language in INSTALL:
            assert set(MAKE.findall(block.text)) <= targets
            assert set(re.findall(r"(?:-m|bin/)\s?gridgov ([a-z][a-z-]*)", block.text)) <= known


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name):
    text = re.sub(r"^```.*?^```$", "", (ROOT / name).read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    broken = []
    for link in LINK.findall(text):
        target, _, anchor = link.partition("#")
        if target.startswith(("http://", "https://")):
            continue
        path = (ROOT / name).parent / target if target else ROOT / name
        if not path.exists() or (anchor and anchor not in anchors(path)):
            broken.append(link)
    assert broken == []


def anchors(path: Path) -> set[str]:
    """Anchors of a document's headings, as code hosts make them."""
    headings = re.findall(r"^#+ (.*)$", path.read_text("utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_document_is_reached_from_both_readmes():
    for readme in ("README.md", "README.zh.md"):
        linked = set(LINK.findall((ROOT / readme).read_text("utf-8")))
        assert {path.relative_to(ROOT).as_posix() for path in ROOT.glob("docs/*.md")} <= linked


def test_the_demo_goes_where_the_readme_looks():
    assert "gridgov demo demo " in (ROOT / "Makefile").read_text("utf-8")
    assert "cd demo/samples" in (ROOT / "README.md").read_text("utf-8")


def test_every_option_of_every_command_is_in_the_docs():
    text = "".join(path.read_text("utf-8") for path in DOCS)
    commands_ = get_command(program()).commands.values()
    options = {option for command in commands_ for parameter in command.params for option in parameter.opts}
    long = {option for option in options if option.startswith("--")} - {"--help", "--output"}
    assert [option for option in sorted(long) if not re.search(rf"{option}\b", text)] == []


def test_every_command_is_in_the_docs():
    text = "".join(path.read_text("utf-8") for path in DOCS)
    assert [name for name in COMMANDS if f"gridgov {name}" not in text] == []


def test_python_md_names_every_public_name():
    text = (ROOT / "docs" / "python.md").read_text("utf-8")
    assert [name for name in gridgov.__all__ if f"`{name}" not in text] == []


WORDS = {
    "layer": schema.LAYER_COLUMNS,
    "crosswalk": schema.CROSSWALK_COLUMNS,
    "problems": schema.PROBLEM_COLUMNS,
    "conflicts": schema.CONFLICT_COLUMNS,
    "assignment": schema.ASSIGNMENT_COLUMNS,
    "relations": schema.RELATIONS,
    "kinds": schema.KINDS,
    "severities": schema.SEVERITIES,
    "rules": schema.RULES,
    "statuses": schema.STATUSES,
    "reasons": schema.REJECT_REASONS,
    "findings": FINDINGS,
}


@pytest.mark.parametrize("of", WORDS)
def test_files_md_names_every_column_and_word(of):
    text = (ROOT / "docs" / "files.md").read_text("utf-8")
    assert [word for word in WORDS[of] if f"`{word}`" not in text] == []


def test_files_md_names_every_key_of_a_networks_summary_and_provenance(merged):
    text = (ROOT / "docs" / "files.md").read_text("utf-8")
    network = gridgov.read_network(merged[0])
    keys = {*network.summary, *network.summary["area_m2"], *network.summary["borders"]["police"]}
    keys |= {*network.provenance, *network.provenance["inputs"]["police"]}
    assert [key for key in sorted(keys) if f"`{key}`" not in text] == []


def test_files_md_gives_the_reason_of_every_status_as_the_program_does():
    text = (ROOT / "docs" / "files.md").read_text("utf-8")
    table = {**schema.KINDS, **schema.STATUSES, **schema.REJECT_REASONS}
    assert [word for word, meaning in table.items() if f"| {meaning} |" not in text] == []


def test_column_names_in_files_md_are_taken_for_the_role_they_stand_beside():
    text = (ROOT / "docs" / "files.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| role `(\w+)` \| (.*?) \|$", text, flags=re.MULTILINE))
    assert set(rows) == set(ROLES)
    for role, names in rows.items():
        for name in re.findall(r"`([^`]+)`", names):
            assert find_column([name], role) == name


def test_python_md_gives_the_exit_code_of_every_error():
    text = (ROOT / "docs" / "python.md").read_text("utf-8")
    for name in errors.__all__:
        error = getattr(errors, name)
        if isinstance(error, type) and issubclass(error, errors.GridgovError):
            assert re.search(rf"^\| `{name}` \| {error.exit_code} \|", text, flags=re.MULTILINE), name


def test_dependencies_md_names_every_dependency():
    text = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    missing = [one for one in project["dependencies"] if f"| {re.split('[<>=]', one)[0]} |" not in text]
    assert missing == []


def test_the_changelog_has_this_version():
    assert f"## [{gridgov.__version__}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")
