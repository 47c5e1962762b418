from shotlist.ranges import to_text


def test_neighbours_become_one_range():
    assert to_text([1, 2, 3, 7]) == "1-3,7"


def test_nothing_is_nothing():
    assert to_text([]) == ""
