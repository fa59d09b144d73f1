"""All bytes of a text table are looked at as Python decodes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridgov.tables import text_scan
from gridgov.tables.text_scan import _Utf8

#: Bytes that begin, go on with, and end letters of one to four bytes, and some that never do.
BYTES = st.sampled_from(list(b"\x41\x80\x9f\xa0\xbf\xc0\xc2\xe0\xe9\xed\xef\xf0\xf4\xf5\xff"))


def decodes(piece):
    try:
        piece.decode()
    except UnicodeDecodeError:
        return False
    return True


def is_utf8(piece, *, cut=100):
    letters = _Utf8()
    parts = [piece[begin : begin + cut] for begin in range(0, len(piece), cut)]
    return all(map(letters.go_on, parts)) and letters.whole


@given(
    st.lists(BYTES, max_size=12).map(bytes) | st.text(max_size=6).map(lambda text: text.encode("utf-8")),
    st.integers(4, 9),
    st.sampled_from([0, 1 << 20]),
)
def test_bytes_are_utf8_where_python_decodes_them_however_they_are_cut(piece, cut, few):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_scan, "_FEW_BYTES", few)
        assert is_utf8(piece) is decodes(piece)
        assert is_utf8(piece, cut=cut) is decodes(piece)


@pytest.mark.parametrize("piece", [b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80", b"\xe9\x83"])
def test_surrogates_needless_bytes_and_half_letters_are_no_utf8(piece):
    assert not is_utf8(piece)
