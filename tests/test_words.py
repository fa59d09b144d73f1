"""What people are told stands in tables of messages: keys and values agree, no sentence stands outside."""

import ast
import importlib
import re
import string
from pathlib import Path

import pytest

import gridgov
from gridgov import errors
from gridgov.language import Messages

ROOT = Path(gridgov.__file__).parent
SOURCES = sorted(path for path in ROOT.rglob("*.py") if "samples" not in path.parts)
RAISED = {name for name in errors.__all__ if name.endswith(("Error", "Warning"))}
SAID = {*RAISED, "say", "warn", "answer", "echo"}

#: Who may say plain sentences.
ENGLISH_ONLY = {
    "language/choosing.py": "the language is not known yet",
    "spark.py": "for programmers",
    "coordinates/parse.py": "for programmers: arrays of two lengths",
}


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def told_calls(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "WORDS" and node.args:
            yield node


def module_of(path):
    return "gridgov." + name_of(path).removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def words_of(path):
    return importlib.import_module(module_of(path)).WORDS


def tells(text):
    """Whether a module tells messages, by its text: to parse them all takes every process seconds."""
    return all(
        re.search(pattern, text, re.MULTILINE) for pattern in (r"\bWORDS\(", r"^WORDS\b|import .*WORDS")
    )


USING = [path for path in SOURCES if tells(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("path", USING, ids=name_of)
def test_every_message_that_is_told_is_in_its_table_and_gets_its_values(path):
    table = words_of(path).table
    wrong = []
    for call in told_calls(ast.parse(path.read_text(encoding="utf-8"))):
        given = {keyword.arg for keyword in call.keywords}
        for key in keys_of(call.args[0]):
            if key not in table:
                wrong.append(key)
            elif None not in given and given != fields(table[key][0]):
                wrong.append((key, given))
    assert wrong == []


def keys_of(node):
    """The keys that a call may tell, as far as they stand there: also those of `one if so else other`."""
    if isinstance(node, ast.IfExp):
        return [*keys_of(node.body), *keys_of(node.orelse)]
    return [node.value] if isinstance(node, ast.Constant) else []


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_areas_that_a_message_formats_have_a_comma_at_the_thousands():
    tables = {id(table): table for path in SOURCES for table in tables_of(path)}
    bare = [
        (key, text)
        for table in tables.values()
        for key, texts in table.items()
        for text in texts
        for _, name, spec, _ in string.Formatter().parse(text)
        if name is not None and name.endswith("m2") and spec and "," not in spec
    ]
    assert bare == []


def tables_of(path):
    """The tables of messages that a module makes."""
    if not re.search(r"^\w+(: Final)? = Messages\(", path.read_text(encoding="utf-8"), re.MULTILINE):
        return []
    found = vars(importlib.import_module(module_of(path))).values()
    return [value.table for value in found if isinstance(value, Messages)]


def test_no_message_stands_in_a_table_for_nobody():
    sources = {path: path.read_text(encoding="utf-8") for path in SOURCES}
    unused = []
    for path, text in sources.items():
        if not re.search(r"^WORDS(: Final)? = Messages\(\n    \{\n        \"\w+\": \(", text, re.MULTILINE):
            continue
        keys = [key for key in words_of(path).table if re.fullmatch(r"\w+", key)]
        users = "".join(other for at, other in sources.items() if at == path or "WORDS" in other)
        unused += [(name_of(path), key) for key in keys if users.count(f'"{key}"') < 2]
    assert unused == []


#: A speaker says keys, which may be words.
KEYS = {key for path in SOURCES for table in tables_of(path) for key in table}


def sentences_in(path):
    """Plain sentences that a module raises, warns of or says: (line, text)."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in SAID:
            for text in [*node.args, *(keyword.value for keyword in node.keywords)]:
                if (said := plain(text)) and said not in KEYS and re.search(r"[A-Za-z]{2,} [A-Za-z]", said):
                    yield node.lineno, said


def called(call):
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def plain(node):
    """The text of a literal without what is filled in; of `a + b` both."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
    if isinstance(node, ast.BinOp):
        return (plain(node.left) or "") + (plain(node.right) or "")
    return None


def test_no_sentence_for_people_stands_outside_the_tables():
    found = [
        f"{name_of(path)}:{line} {said}"
        for path in SOURCES
        if not name_of(path).startswith(tuple(ENGLISH_ONLY))
        for line, said in sentences_in(path)
    ]
    assert found == []


def test_a_sentence_outside_the_tables_is_found(tmp_path):
    source = tmp_path / "a.py"
    source.write_text('raise FormatError(f"{path}: not a file" + "of ours")\nsay("all is well")\n')
    assert [line for line, _ in sentences_in(source)] == [1, 2]


def test_tables_are_tables_of_messages():
    assert all(isinstance(words_of(path), Messages) for path in USING)
