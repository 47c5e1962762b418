from shotlist.collect import collect_shots, frame_count


def test_shots_are_grouped_by_sequence():
    shots = collect_shots(["sq010_sh020.1001.exr", "sq020_sh010.1001.exr"])
    assert sorted(shots) == ["sq010", "sq020"]


def test_an_empty_folder_has_no_shots():
    assert frame_count([]) == 0
