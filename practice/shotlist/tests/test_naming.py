from shotlist.naming import Shot, parse


def test_reads_sequence_shot_and_frame():
    assert parse("sq010_sh020.1001.exr") == Shot("sq010", "sh020", 1001)


def test_other_names_are_nobodys_shot():
    assert parse("notes.txt") is None
