"""Names of people: none that cannot be read for certain, and none that looks like another person's.

Unicode Technical Standard 39 is the measure: a skeleton in which what looks alike is the same. Of its thousands of
lines here stand those for the scripts that are likely to be tried; a word in mixed scripts is refused in any case.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from model.errors import UsageError
from model.user import User

_LONGEST = 100  # code points
_MOST_MARKS = 2  # on one letter: a vowel and a tone mark
_MARKS = ("Mn", "Me", "Mc")
_LATIN_LOOKING = dict(
    zip("аеорсухіјѕԁһӏвкмнтгαεορυχικνντβωνοι", "aeopcyxijsdhlbkmhtraeopuxiknvtbwvoi", strict=True)
)
_LIKE: tuple[tuple[str, str], ...] = (("rn", "m"), ("vv", "w"), ("เเ", "แ"))
_MARKED = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]+")
_SAME = str.maketrans({"l": "i", "1": "i", "|": "i", "0": "o", **_LATIN_LOOKING})


def refuse_unsound(name: str) -> None:
    """Refuse a name that reads otherwise than it is written.

    Raises:
        UsageError: it is empty or too long, has invisible characters, spaces at an end or two together, a mark
            without a letter or more marks than a letter takes, or letters of several scripts in one word.
    """
    if not name or len(name) > _LONGEST or not name.isprintable():
        raise _unsound(f"1 to {_LONGEST} visible characters")
    if name != " ".join(name.split()):
        raise _unsound("single spaces, and none at the ends")
    count = 0
    for before, one in zip(" " + name, name, strict=False):
        is_mark = unicodedata.category(one) in _MARKS
        count = count + 1 if is_mark else 0
        base = unicodedata.category(before)
        if is_mark and (base[0] not in "LM" or one == before or count > _MOST_MARKS):
            raise _unsound("each mark on a letter that can have it")
    for word in re.split(r"[\s./'()-]+", name):
        scripts = {_script(one) for one in word if unicodedata.category(one)[0] in "LM"}
        if len(scripts) > 1:
            raise _unsound(f"one script in a word, not {' and '.join(sorted(scripts))}")


def refuse_look_alike(name: str, login: str, users: Iterable[User]) -> None:
    """Refuse a name that could be taken for the name or login of somebody else, or a login that could.

    Raises:
        UsageError: whose it looks like.
    """
    other = look_alike(name, login, users)
    if other is not None:
        raise UsageError(
            f"{name} ({login}) looks like {other.name} ({other.login}), who is a user already.",
            remedy="Add what tells them apart, such as a family name or an office.",
        )


def look_alike(name: str, login: str, users: Iterable[User]) -> User | None:
    """Somebody else for whom a person of that name and login could be taken."""
    mine = {_skeleton(name), _skeleton(login)}
    others = (one for one in users if one.login != login)
    return next((one for one in others if mine & {_skeleton(one.name), _skeleton(one.login)}), None)


def _skeleton(text: str) -> str:
    """What a text looks like: equal for texts that look alike."""
    found = unicodedata.normalize("NFKC", text).casefold()
    for shown, like in _LIKE:
        found = found.replace(shown, like)
    bare = (one for one in found.translate(_SAME) if unicodedata.category(one)[0] in "LMN")
    return _MARKED.sub(lambda marks: "".join(sorted(marks[0])), "".join(bare))


def _script(letter: str) -> str:
    """The script of a letter, as its name begins."""
    return unicodedata.name(letter, "UNKNOWN").partition(" ")[0].capitalize()


def _unsound(wanted: str) -> UsageError:
    return UsageError("The name cannot stand.", remedy=f"A name has {wanted}.")
