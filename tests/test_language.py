"""Messages are there in every language, and the language is that of the system unless told."""

import importlib
import pkgutil
import string

import pytest

import gridgov
from gridgov.errors import ArgumentError
from gridgov.language import (
    LANGUAGES,
    Messages,
    chosen_language,
    examples,
    listed,
    sentences,
    speak,
    spoken,
    system_language,
)
from gridgov.threads import ahead, each


def message_tables():
    """Every table of messages in the package, by the module that holds it."""
    found = {}
    for module in pkgutil.walk_packages(gridgov.__path__, "gridgov."):
        if module.name == "gridgov.__main__" or module.name.endswith("loops"):  # loops need an extra
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, Messages) and value not in found.values():
                found[f"{module.name}.{name}"] = value
    return found


TABLES = message_tables()


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def is_chinese(text):
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


@pytest.mark.parametrize("table", TABLES)
def test_every_message_is_there_in_every_language(table):
    lacking = [
        key
        for key, texts in TABLES[table].table.items()
        if len(texts) != len(LANGUAGES) or not all(text.strip() for text in texts)
    ]
    assert lacking == []


@pytest.mark.parametrize("table", TABLES)
def test_every_message_names_the_same_values_in_every_language(table):
    differing = [
        key for key, texts in TABLES[table].table.items() if len({frozenset(fields(t)) for t in texts}) > 1
    ]
    assert differing == []


@pytest.mark.parametrize("table", TABLES)
def test_chinese_messages_are_chinese_and_english_ones_are_not(table):
    messages = TABLES[table].table
    # An English sentence may quote a Chinese word that stands in people's tables.
    assert [key for key, (english, _) in messages.items() if sum(map(is_chinese, english)) > 8] == []
    assert [key for key, (english, chinese) in messages.items() if english == chinese] == []


def test_a_message_says_its_values():
    words = Messages({"cells": ("{n:,} cells", "{n:,} 个单元")})
    assert [words.speaker(language)("cells", n=1234) for language in LANGUAGES] == [
        "1,234 cells",
        "1,234 个单元",
    ]


def test_a_message_that_is_not_there_is_an_error():
    with pytest.raises(KeyError):
        Messages({}).speaker("en")("cells")


def test_a_term_that_is_no_word_of_ours_stays_as_it_is():
    assert Messages({"cell": ("cell", "单元")}).speaker("zh").term("志愿者") == "志愿者"


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LC_MESSAGES": "zh_TW", "LANG": "en_US.UTF-8"}, "zh"),
        ({"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "zh_CN"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_is_that_of_the_system(variables, language):
    assert system_language(variables) == language


def test_without_variables_the_language_is_that_of_the_locale(monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("locale.getlocale", lambda: ("Chinese (Simplified)_China", "936"))
    assert chosen_language() == "zh"


def test_a_language_asked_for_is_taken():
    assert chosen_language("zh") == "zh"


def test_a_language_there_is_not_is_refused():
    with pytest.raises(ArgumentError, match="'fr'; languages are en, zh"):
        chosen_language("fr")


def test_a_program_that_imports_gridgov_is_told_english():
    assert spoken() == "en"


def test_a_message_is_told_in_the_language_spoken(in_chinese):
    words = Messages({"cells": ("{n:,} cells", "{n:,} 个单元")})
    assert (words("cells", n=3), in_chinese(lambda: words("cells", n=3))) == ("3 cells", "3 个单元")


def test_a_language_there_is_not_cannot_be_spoken():
    with pytest.raises(ArgumentError, match="'fr'"):
        speak("fr")


def test_threads_speak_the_language_of_who_started_them(in_chinese):
    assert in_chinese(each, lambda _: spoken(), range(3)) == ["zh"] * 3
    assert in_chinese(lambda: each(lambda _: spoken(), range(3), jobs=2)) == ["zh"] * 3
    assert in_chinese(lambda: list(ahead(spoken() for _ in range(3)))) == ["zh"] * 3


def test_lists_are_told_in_the_language_spoken(in_chinese):
    assert in_chinese(examples, list("abcdefg")) == "a、b、c、d、e 等（共 7 个）"
    assert in_chinese(listed, "ab") == "a、b"
    assert in_chinese(sentences, "ab") == "a；b"
