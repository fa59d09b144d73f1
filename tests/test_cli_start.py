"""Starting costs nothing, and everything that can be typed or imported is there and explained."""

import ast
import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer

import gridgov
from gridgov import errors
from gridgov.cli import options
from gridgov.cli.app import program

HEAVY = ("geopandas", "polars", "pandas", "pyproj", "shapely", "numpy", "pyarrow", "pyogrio")
COMMANDS = typer.main.get_command(program()).commands


def imported_by(code):
    """Heavy modules that a fresh Python has imported after running `code`."""
    report = f"import sys\ntry:\n    {code}\nexcept SystemExit as end:\n    assert not end.code\n"
    report += f"sys.stderr.write(','.join(m for m in {HEAVY} if m in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", report], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    return done.stderr


#: In one process, for the start takes longest. The last one's end is that of the program.
HELP_OF_EACH = f"""from gridgov.cli.app import main
    for command in {list(COMMANDS)}:
        sys.argv = ['gridgov', command, '--help']
        try:
            main()
        except SystemExit as end:
            assert not end.code, command
    print(command, file=sys.stdout)"""


def test_help_imports_nothing_heavy():
    code = "sys.argv = ['gridgov', '--help']; import runpy; runpy.run_module('gridgov', run_name='__main__')"
    assert imported_by(code) == ""


def test_the_help_of_no_command_imports_anything_heavy():
    assert imported_by(HELP_OF_EACH) == ""


def test_importing_gridgov_imports_nothing_heavy():
    assert imported_by("import gridgov") == ""


def test_help_takes_less_than_half_a_cpu_second():
    resource = pytest.importorskip("resource")

    def spent():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    runs = []
    for _ in range(3):
        before = spent()
        subprocess.run([sys.executable, "-m", "gridgov", "--help"], check=True, capture_output=True)
        runs.append(spent() - before)
    assert min(runs) < 0.5


def test_help_survives_a_chinese_windows_console():
    environment = {**os.environ, "PYTHONIOENCODING": "cp936"}
    done = subprocess.run(
        [sys.executable, "-m", "gridgov", "--help"], check=True, capture_output=True, env=environment
    )
    assert done.stderr == b""
    assert "check-rules" in done.stdout.decode("cp936")


@pytest.mark.parametrize("name", gridgov.__all__)
def test_every_public_name_can_be_imported(name):
    assert getattr(gridgov, name) is not None


@pytest.mark.parametrize("name", sorted(set(gridgov.__all__) - {"__version__"}))
def test_every_public_name_comes_from_the_module_that_is_written_down(name):
    home = importlib.import_module(f"gridgov.{gridgov._HOME[name]}")
    assert getattr(gridgov, name) is getattr(home, name)
    assert name in home.__all__


def test_the_tables_of_public_names_agree():
    assert sorted(gridgov._HOME) == sorted(set(gridgov.__all__) - {"__version__"})
    assert imports_for_type_checkers() == gridgov._HOME


def imports_for_type_checkers():
    tree = ast.parse(Path(gridgov.__file__).read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    return {
        name.name: node.module.removeprefix("gridgov.")
        for node in ast.walk(block)
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }


def test_public_names_are_listed():
    assert dir(gridgov) == sorted(gridgov.__all__)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'merge_all'"):
        _ = gridgov.merge_all


def test_no_public_function_hides_a_module():
    modules = {path.stem for path in Path(gridgov.__file__).parent.iterdir()}
    assert not modules & set(gridgov.__all__)


CLASSES = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, Exception)]


@pytest.mark.parametrize("error", CLASSES, ids=lambda error: error.__name__)
def test_every_error_is_public_and_explained(error):
    assert error.__name__ in errors.__all__
    assert error.__name__ in gridgov.__all__
    assert error.__doc__


@pytest.mark.parametrize(
    "error",
    [each for each in CLASSES if issubclass(each, errors.GridgovError) and each is not errors.GridgovError],
    ids=lambda error: error.__name__,
)
def test_every_error_is_also_a_builtin_error_with_an_exit_code(error):
    others = [base for base in error.__mro__ if base.__module__ == "builtins"]
    assert {ValueError, OSError} & set(others)
    assert error.exit_code in {2, 3, 5}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does(command):
    assert COMMANDS[command].get_short_help_str(limit=200).endswith(".")
    assert COMMANDS[command].help != "Not here yet."


@pytest.mark.parametrize("command", COMMANDS)
def test_every_parameter_of_every_command_has_help(command):
    for parameter in COMMANDS[command].params:
        assert parameter.help, parameter.name


@pytest.mark.parametrize("command", COMMANDS)
def test_a_flag_in_the_registry_means_the_same_in_every_command(command):
    known = registered()
    for parameter in COMMANDS[command].params:
        for flag in parameter.opts if parameter.param_type_name == "option" else ():
            if flag in known and flag not in OWN_WORDS.get(command, ()):
                assert parameter.help in known[flag], flag


#: Where a command must say it in its own words: locate has one category, not a column of them.
OWN_WORDS = {"info": {"--encoding"}, "locate": {"--category"}}


def registered():
    """Help texts by flag, as the options have them (--crs and --encoding mean layers or points)."""
    found = {}
    for _, option in registry():
        # Typer keeps the first name of an annotated option as its default.
        for flag in (option.default, *(option.param_decls or ())):
            found.setdefault(flag, set()).add(option.help)
    return found


def registry():
    for subject in options.__all__:
        for name, value in vars(getattr(options, subject)).items():
            for meta in getattr(value, "__metadata__", ()):
                yield f"{subject}.{name}", meta


OPTIONS = dict(registry())


@pytest.mark.parametrize("name", OPTIONS)
def test_every_option_of_the_registry_has_help(name):
    assert OPTIONS[name].help.endswith(".")


def test_a_merge_loads_nothing_that_locates_points():
    code = (
        "import sys, gridgov; gridgov.merge_grids, gridgov.make_grids; print('gridgov.index' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
