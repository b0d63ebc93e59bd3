"""Names that can be read for certain, and that nobody could take for somebody else's."""

import pytest

from model.errors import UsageError
from model.names import refuse_look_alike, refuse_unsound
from model.user import User

USERS = [User("malee", "มาลี แก้ว", frozenset()), User("somchai", "Coco Illa", frozenset())]


@pytest.mark.parametrize(
    "name",
    [
        "มาลี",
        "ปราณี น้ำใจ",
        "กิตติ์ ณ อยุธยา",
        "นาย เอ๋ย",
        "ศ.ดร. ที่ปรึกษา",
        "สมชาย-Smith",
        "O'Brien",
        "María José 2",
        "Маша",
    ],
)
def test_names_of_people_may_stand(name):
    refuse_unsound(name)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("", "visible"), ("ก" * 101, "visible"), ("ma\u200blee", "visible"), ("\u202eeelam", "visible"),
        ("Malee ", "spaces"), (" Malee", "spaces"), ("ma  lee", "spaces"), ("ma\u00a0lee", "visible"),
        ("้้้้", "mark"), ("ก้้", "mark"), ("่ก", "mark"), ("a\u0301\u0302\u0303", "mark"), ("- ่", "mark"),
        ("Маlee", "one script"), ("mαlee", "one script"), ("มาlee", "one script"),
    ],
)  # fmt: skip
def test_what_reads_otherwise_than_it_is_written_may_not(name, says):
    with pytest.raises(UsageError, match=says):
        refuse_unsound(name)


@pytest.mark.parametrize(
    ("name", "login"),
    [
        ("Сосо Illa", "new"), ("coco i11a", "new"), ("มาลีแก้ว", "new"), ("มาลี เเก้ว", "new"), ("Somchai", "new"),
        ("ใหม่", "rna1ee"), ("ＣＯＣＯ ＩＬＬＡ", "new"),
    ],
)  # fmt: skip
def test_what_looks_like_somebody_elses_name_or_login_may_not(name, login):
    with pytest.raises(UsageError, match="looks like"):
        refuse_look_alike(name, login, USERS)


@pytest.mark.parametrize(
    ("name", "login"), [("มาลา แก้ว", "mala"), ("Coco Bella", "coco"), ("มาลี แก้ว", "malee")]
)
def test_others_may(name, login):
    refuse_look_alike(name, login, USERS)
