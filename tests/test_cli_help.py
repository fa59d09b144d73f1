"""Help and usage errors are told in the language spoken, and fit a terminal."""

import re

import pytest
from typer.main import get_command

from gridgov.cli.app import program
from gridgov.cli.help.command_words import COMMANDS as COMMAND_WORDS
from gridgov.cli.help.incident_words import INCIDENTS
from gridgov.cli.help.layer_words import LAYERS
from gridgov.cli.help.lines import columns_of, in_lines, paragraphs
from gridgov.cli.help.pages import EXAMPLE

PROGRAM = get_command(program())
COMMANDS = PROGRAM.commands
TABLES = {"commands": COMMAND_WORDS, "layers": LAYERS, "incidents": INCIDENTS}
CHINESE = {english: chinese for table in TABLES.values() for english, chinese in table.items()}
#: Typer's own.
HELP = "Show this message and exit."


def texts_of(command):
    """What a command's help says in English."""
    texts = [*paragraphs(command.help or ""), *paragraphs(command.epilog or "")]
    return [text for text in texts if not text.startswith(EXAMPLE)] + [each.help for each in command.params]


TEXTS = {text for command in (PROGRAM, *COMMANDS.values()) for text in texts_of(command)}


def is_chinese(text):
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def test_every_text_of_the_help_is_there_in_chinese():
    assert sorted(text for text in TEXTS if not is_chinese(CHINESE.get(text, ""))) == []


def test_no_chinese_stands_in_the_tables_for_nobody():
    assert sorted(set(CHINESE) - TEXTS) == [HELP]


def test_no_text_stands_in_two_tables():
    assert len(CHINESE) == sum(map(len, TABLES.values()))


def typed_words(text):
    """What is the same in every language: options, endings of files, names in capitals, columns, numbers."""
    return set(
        re.findall(r"--[a-z-]+(?<!-)|(?<=[ (])\.[a-z]\w+|\b[A-Z]{4,}\b|\b\w+_\w+\b|\b\d[\d.]*\d\b", text)
    )


@pytest.mark.parametrize("table", TABLES)
def test_both_languages_name_the_same_options_files_and_numbers(table):
    endings = str.maketrans("、：（；，。“”", "        ")  # no word boundary in Chinese
    differing = {
        english: (typed_words(f" {english}") ^ typed_words(chinese))
        for english, chinese in ((e, f" {c.translate(endings)} ") for e, c in TABLES[table].items())
    }
    assert {english: words for english, words in differing.items() if words - {"--lang"}} == {}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_that_takes_a_value_says_which(command):
    assert [each.name for each in COMMANDS[command].params if not (each.metavar or each.is_flag)] == []


@pytest.mark.parametrize("command", ["", *COMMANDS])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_help_is_in_the_language_asked_for_and_fits_a_terminal(gridgov, monkeypatch, command, language):
    monkeypatch.setenv("COLUMNS", "80")
    ended = gridgov(*command.split(), "--help", "--lang", language)
    assert (ended.code, ended.err) == (0, "")
    assert (f"用法：{' '.join(['gridgov', *command.split()])} [选项]" in ended.out) == (language == "zh")
    chosen = PROGRAM if not command else COMMANDS[command]
    told = [CHINESE[text] if language == "zh" else text for text in texts_of(chosen)]
    said = "".join(ended.out.split())
    assert [text for text in told if "".join(text.split()) not in said] == []
    # Only what is typed in one piece may be longer: the choices of an option.
    assert [line for line in ended.out.splitlines() if columns_of(line) > 80 and " " in line.strip()] == []


def test_help_is_chinese_on_a_chinese_system(gridgov, monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert gridgov("merge", "-h").out.startswith("用法：gridgov merge [选项] NAME=FILE[#LAYER]...\n")


def test_an_option_says_what_is_taken_without_it_and_what_is_allowed(gridgov):
    lines = [line.strip() for line in gridgov("merge", "-h", "--lang", "zh").out.splitlines()]
    assert "[默认 300；不小于 0]" in lines
    assert "[default: 300; at least 0]" in gridgov("merge", "-h").out


def test_without_a_command_the_help_is_shown_and_the_exit_code_is_that_of_a_usage_error(gridgov):
    ended = gridgov("--lang", "zh")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("用法：gridgov [选项] 命令 [参数]...")


WRONG = {
    "a missing option": (("assign", "a.csv"), "Missing option '--cells'.", "缺少选项 --cells"),
    "a missing argument": (("export",), "Missing argument 'NETWORK'.", "缺少参数 NETWORK"),
    "an option there is not": (("info", "--foo"), "No such option: --foo", "没有选项 --foo"),
    "an option of the program there is not": (("--foo",), "No such option: --foo", "没有选项 --foo"),
    "an option like another": (
        ("info", "--enw"),
        "No such option: --enw (Possible options: --env)",
        "没有选项 --enw；是不是要用 --env？",
    ),
    "a command there is not": (("xyz",), "No such command 'xyz'.", "没有命令 xyz"),
    "a command like another": (
        ("merg",),
        "No such command 'merg'. Did you mean 'merge'?",
        "没有命令 merg；是不是要用 merge？",
    ),
    "too many arguments": (
        ("index", "a", "b", "c"),
        "Got unexpected extra argument(s) (b c)",
        "多出的参数：b c",
    ),
    "no value": (
        ("info", "--encoding"),
        "Option '--encoding' requires an argument.",
        "选项 --encoding 后面缺少值",
    ),
    "a value for nothing": (
        ("info", "--env=1"),
        "Option '--env' does not take a value.",
        "选项 --env 后面不带值",
    ),
    "no number": (
        ("check", "a.shp", "--tolerance-m", "wide"),
        "Invalid value for '--tolerance-m': must be a number",
        "--tolerance-m 的值无效：应为数",
    ),
    "no whole number": (
        ("merge", "a.shp", "--jobs", "1.5"),
        "Invalid value for '--jobs': must be a whole number",
        "--jobs 的值无效：应为整数",
    ),
    "a number too small": (
        ("check", "a.shp", "--tolerance-m", "0.01"),
        "Invalid value for '--tolerance-m': must be 0.02 or more",
        "--tolerance-m 的值无效：应不小于 0.02",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_usage_error_is_told_in_the_language_spoken(gridgov, what):
    typed, english, chinese = WRONG[what]
    for language, error in (("en", f"Error: {english}"), ("zh", f"错误：{chinese}")):
        ended = gridgov(*typed, "--lang", language)
        assert (ended.code, ended.out) == (2, "")
        assert ended.err.splitlines()[-1] == error


def test_a_usage_error_says_how_the_command_is_typed_and_where_its_help_is(gridgov):
    assert gridgov("assign", "a.csv", "--lang", "zh").err.splitlines()[:3] == [
        "用法：gridgov assign [选项] INCIDENTS[#SHEET]...",
        "查看帮助：gridgov assign -h",
        "",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "单元不跨区县界线，也不跨街道和社区的界线；越界的写进冲突清单。",
        "--within district=F --within street=F：由粗到细。",
        "Special-purpose grids: police:TYPE=专属. Grids inside others are in any case.",
        "（短字段名，GB18030，附字段对照）.csv、.xlsx、.parquet",
    ],
)
@pytest.mark.parametrize("columns", [12, 20, 44])
def test_broken_text_is_all_there_in_short_lines_that_begin_with_no_comma(text, columns):
    lines = in_lines(text, columns)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert [line for line in lines if columns_of(line) > columns and len(line.split(" ")) > 1] == []
    assert [line for line in lines if line[0] in "，。、；：）" or line[-1] in "（“"] == []
