"""Long names: cut where there is no more room, and one sees that they are cut."""

import pytest

from tracker.web.drawing.names import shortened, width

LONG = "云汀市住房和城乡建设局房屋征收与补偿工作办公室"


def test_a_chinese_sign_takes_the_room_of_two_letters():
    assert (width("市法院"), width("Court"), width("")) == (6, 5, 0)


@pytest.mark.parametrize("room", [1, 2, 9, 20, 46])
def test_a_shortened_name_has_room_and_says_that_it_is_cut(room):
    cut = shortened(LONG, room)
    assert width(cut) <= max(room, width("…"))
    assert cut == LONG or cut.endswith("…")


def test_a_name_that_fits_stays_whole():
    assert shortened("市水务局", 8) == "市水务局"
