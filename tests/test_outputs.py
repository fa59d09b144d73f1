import errno
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from gridgov.errors import ArgumentError, InputMissingError, OutputExistsError, OutputLockedError
from gridgov.outputs import check_not_input, check_output, replacing, replacing_together


def test_a_file_appears_under_its_name_when_the_block_ends(tmp_path):
    with replacing(tmp_path / "网格 1.csv") as temporary:
        temporary.write_text("new")
        assert not (tmp_path / "网格 1.csv").exists()
    assert (tmp_path / "网格 1.csv").read_text() == "new"
    assert len(list(tmp_path.iterdir())) == 1


def test_the_temporary_file_lies_beside_with_the_same_suffix(tmp_path):
    with replacing(tmp_path / "a.gpkg") as temporary:
        assert (temporary.parent, temporary.suffix) == (tmp_path, ".gpkg")
        temporary.touch()


@pytest.mark.parametrize("stop", [RuntimeError, KeyboardInterrupt])
def test_nothing_is_left_after_an_error_or_ctrl_c(tmp_path, stop):
    output = tmp_path / "a.gpkg"
    output.write_text("old")
    with pytest.raises(stop), replacing(output, overwrite=True) as temporary:
        temporary.write_text("half")
        for ending in ("-wal", "-shm", "-journal"):
            temporary.with_name(temporary.name + ending).write_text("half")
        raise stop
    assert [path.name for path in tmp_path.iterdir()] == ["a.gpkg"]
    assert output.read_text() == "old"


def test_the_log_of_a_replaced_geopackage_goes_with_it(tmp_path):
    output = tmp_path / "a.gpkg"
    output.write_text("old")
    (tmp_path / "a.gpkg-wal").write_text("old log")
    with replacing(output, overwrite=True) as temporary:
        temporary.write_text("new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.gpkg"]


def test_an_output_that_exists_is_refused_and_names_overwrite(tmp_path):
    (tmp_path / "a.csv").write_text("old")
    with pytest.raises(OutputExistsError, match="--overwrite"), replacing(tmp_path / "a.csv"):
        pytest.fail("the block must not run")
    assert (tmp_path / "a.csv").read_text() == "old"


def test_a_file_that_appeared_meanwhile_is_not_overwritten(tmp_path):
    with pytest.raises(OutputExistsError), replacing(tmp_path / "a.csv") as temporary:
        temporary.write_text("new")
        (tmp_path / "a.csv").write_text("someone else's")
    assert (tmp_path / "a.csv").read_text() == "someone else's"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(InputMissingError, match="nowhere does not exist"):
        check_output(tmp_path / "nowhere" / "a.csv")


def test_a_folder_is_no_output(tmp_path):
    with pytest.raises(ArgumentError, match="is a folder"):
        check_output(tmp_path, overwrite=True)


def test_a_file_open_in_another_program_is_said_before_work_begins(tmp_path, monkeypatch):
    (tmp_path / "a.xlsx").touch()

    def refuse(self, *arguments, **more):
        raise PermissionError(errno.EACCES, "denied", str(self))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(OutputLockedError, match="open in another program"):
        check_output(tmp_path / "a.xlsx", overwrite=True)


def test_a_file_locked_meanwhile_is_said_in_words(tmp_path, monkeypatch):
    def refuse(self, target):
        raise PermissionError(errno.EACCES, "denied", str(self))

    monkeypatch.setattr(Path, "replace", refuse)
    with (
        pytest.raises(OutputLockedError, match="open in another program"),
        replacing(tmp_path / "a.csv") as temporary,
    ):
        temporary.write_text("new")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_may_be_written_to_but_not_entered_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: not mode & os.X_OK)
    with pytest.raises(OutputLockedError, match="read-only"):
        check_output(tmp_path / "a.csv")


def test_a_read_only_folder_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(OutputLockedError, match="read-only"):
        check_output(tmp_path / "a.csv")


def test_a_full_disk_is_said(tmp_path):
    with pytest.raises(OutputLockedError, match="no space left"), replacing(tmp_path / "a.csv"):
        raise OSError(errno.ENOSPC, "full")


@pytest.mark.parametrize(
    "error", [OSError("No space left on device (os error 28)"), RuntimeError("database or disk is full")]
)
def test_a_full_disk_is_recognised_in_the_words_of_other_libraries(tmp_path, error):
    with pytest.raises(OutputLockedError, match="no space left"), replacing(tmp_path / "a.gpkg"):
        raise error


def test_a_library_that_fails_without_a_reason_on_a_full_disk_had_no_room(tmp_path, monkeypatch):
    monkeypatch.setattr("gridgov.outputs.room.shutil.disk_usage", lambda folder: SimpleNamespace(free=0))
    with (
        pytest.raises(OutputLockedError, match="no space left"),
        replacing(tmp_path / "a.geojson") as temporary,
    ):
        temporary.write_text("half")
        raise RuntimeError("Cannot write feature")
    assert list(tmp_path.iterdir()) == []


def test_a_library_that_fails_beside_plenty_of_room_is_a_bug(tmp_path):
    with pytest.raises(RuntimeError, match="Cannot write feature"), replacing(tmp_path / "a.geojson"):
        raise RuntimeError("Cannot write feature")


def test_a_file_that_may_lack_its_end_replaces_nothing(tmp_path, monkeypatch):
    (tmp_path / "a.geojson").write_text("old")

    def refuse(file):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", refuse)
    with (
        pytest.raises(OutputLockedError, match="no space left"),
        replacing(tmp_path / "a.geojson", overwrite=True) as temporary,
    ):
        temporary.write_text("hal")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a.geojson": "old"}


def test_errors_of_other_files_pass_through(tmp_path):
    with pytest.raises(PermissionError) as caught, replacing(tmp_path / "a.csv"):
        raise PermissionError(errno.EACCES, "denied", "input.csv")
    assert not isinstance(caught.value, OutputLockedError)


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.csv").write_text("old")
    link = tmp_path / "link.csv"
    try:
        link.symlink_to(tmp_path / "real.csv")
    except OSError:
        pytest.skip("links are not allowed here")
    with replacing(link, overwrite=True) as temporary:
        temporary.write_text("new")
    assert link.is_symlink()
    assert (tmp_path / "real.csv").read_text() == "new"


def test_an_output_that_is_an_input_is_refused(tmp_path):
    (tmp_path / "a.csv").touch()
    (tmp_path / "x").mkdir()
    with pytest.raises(ArgumentError, match="also an input"):
        check_not_input(tmp_path / "a.csv", [tmp_path / "b.csv", tmp_path / "x" / ".." / "a.csv"])


def test_another_output_is_accepted(tmp_path):
    check_not_input(tmp_path / "c.csv", [tmp_path / "a.csv"])


def write(folder, **files):
    for name, text in files.items():
        (folder / f"a.{name}").write_text(text)


def named(folder, *endings):
    return [folder / f"a.{ending}" for ending in endings]


def test_files_that_belong_together_appear_together(tmp_path):
    with replacing_together(named(tmp_path, "shp", "dbf")) as folder:
        write(folder, shp="new", dbf="new")
        assert list(tmp_path.glob("a.*")) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.dbf", "a.shp"]


def test_a_part_that_was_not_written_again_goes_with_the_old_ones(tmp_path):
    write(tmp_path, shp="old", sbn="old", txt="mine")
    with replacing_together(named(tmp_path, "shp", "sbn"), overwrite=True) as folder:
        write(folder, shp="new")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a.shp": "new", "a.txt": "mine"}


def test_a_folder_is_replaced_whole(tmp_path):
    (tmp_path / "a.gdb").mkdir()
    (tmp_path / "a.gdb" / "old").touch()
    with replacing_together(named(tmp_path, "gdb"), overwrite=True) as folder:
        (folder / "a.gdb").mkdir()
        (folder / "a.gdb" / "new").touch()
    assert [path.name for path in (tmp_path / "a.gdb").iterdir()] == ["new"]
    assert len(list(tmp_path.iterdir())) == 1


def test_one_part_that_is_there_keeps_all_from_being_written(tmp_path):
    write(tmp_path, dbf="old")
    with (
        pytest.raises(OutputExistsError, match=r"a\.dbf.*--overwrite"),
        replacing_together(named(tmp_path, "shp", "dbf")),
    ):
        pytest.fail("the block must not run")


@pytest.mark.parametrize("stop", [RuntimeError, KeyboardInterrupt])
def test_after_an_error_or_ctrl_c_all_parts_are_as_before(tmp_path, stop):
    write(tmp_path, shp="old", dbf="old")
    with pytest.raises(stop), replacing_together(named(tmp_path, "shp", "dbf"), overwrite=True) as folder:
        write(folder, shp="half")
        raise stop
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a.shp": "old", "a.dbf": "old"}


@pytest.mark.parametrize("failing", range(4))
def test_a_part_that_cannot_be_moved_puts_all_back(tmp_path, monkeypatch, failing):
    """Windows refuses to move a file that another program holds open."""
    write(tmp_path, shp="old", dbf="old")
    moves = iter(range(9))
    replace = Path.replace

    def held(self, target):
        if next(moves) == failing:
            raise PermissionError(13, "held", str(self))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", held)
    with (
        pytest.raises(OutputLockedError, match=r"a\.(shp|dbf) cannot be replaced"),
        replacing_together(named(tmp_path, "shp", "dbf"), overwrite=True) as folder,
    ):
        write(folder, shp="new", dbf="new")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a.shp": "old", "a.dbf": "old"}


def test_old_files_that_cannot_be_put_back_are_kept(tmp_path, monkeypatch):
    write(tmp_path, shp="old", dbf="old")
    replace = Path.replace

    def held(self, target):
        if self.suffix == ".dbf":
            raise PermissionError(13, "held", str(self))
        return replace(self, target)

    def fail(self, target):
        raise PermissionError(13, "held", str(self))

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr(Path, "rename", fail)
    with (
        pytest.raises(PermissionError),
        replacing_together(named(tmp_path, "shp", "dbf"), overwrite=True) as folder,
    ):
        write(folder, shp="new", dbf="new")
    assert sorted(path.read_text() for path in tmp_path.rglob("a.*")) == ["new", "old", "old"]


def test_a_full_disk_is_said_of_several_files_too(tmp_path):
    with (
        pytest.raises(OutputLockedError, match="no space left"),
        replacing_together(named(tmp_path, "shp", "dbf")),
    ):
        raise RuntimeError("database or disk is full")
    assert list(tmp_path.iterdir()) == []
