"""Each test is a line of « Always true » of `assemblier.durable`."""

import errno
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier import durable
from assemblier.durable import put_in_place, replace_file

some = settings(deadline=None, max_examples=20)
contents = st.binary(max_size=40)
STEPS = ("write_through", "sync_folder")


def refused(*_given: object) -> None:
    raise OSError(errno.ENOSPC, "plus de place")


@some
@given(contents, contents, st.sampled_from(STEPS))
def test_read_at_any_moment_the_file_is_the_former_one_or_the_new_one_whole(former, new, step):
    """Read at any moment, the file is the former one or the new one, whole."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a")
        replace_file(path, former)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(durable, step, refused)
            with pytest.raises(OSError, match="plus de place"):
                replace_file(path, new)
            assert path.read_bytes() in (former, new)
        replace_file(path, new)  # what a failure left aside is no obstacle
        assert [one.name for one in Path(folder).iterdir()] == ["a"]
        assert path.read_bytes() == new


@some
@given(contents, contents)
def test_a_folder_that_is_already_there_and_holds_something_is_never_replaced(former, new):
    """A folder that is already there, and holds something, is never replaced."""
    with tempfile.TemporaryDirectory() as home:
        draft, place = Path(home, "brouillon"), Path(home, "place")
        for folder, content in ((draft, new), (place, former)):
            folder.mkdir()
            (folder / "a").write_bytes(content)
        with pytest.raises(OSError, match="place"):
            put_in_place(draft, place)
        assert (place / "a").read_bytes() == former
        put_in_place(draft, Path(home, "libre"))
        assert Path(home, "libre", "a").read_bytes() == new
