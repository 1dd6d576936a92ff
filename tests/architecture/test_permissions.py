"""The permission walk: every address and method × everybody, as a table that is kept.

`docs/permissions.md` is written from what the portal really answers, so a new address, or one that
opens to somebody else than before, shows as a difference. WRITE_PERMISSIONS=1 writes it.
"""

import os

import pytest

from tests.architecture.addresses import ROUTES, Things, answers_to
from tests.architecture.tree import ROOT, document
from tests.factories import accounts
from torch_portal.filings.models import Event

PAGE = "docs/permissions.md"
HEAD = """<!-- Written by tests/architecture/test_permissions.py. Do not edit: see there. -->

# Who may open what

Every address of the portal, asked by everybody with every method, about one recognised contract
of an enterprise in Hangzhou and what hangs on it. **✓** answered, **→** led to the door or to a
page of their own, **·** refused (401, 403, 404) or no such method. Posts are empty here: who may
make which move stands in [states/contracts.md](states/contracts.md) and is held by its tests.

"""
PEOPLE = {
    "visitor": "nobody signed in",
    "owner": "owner of the enterprise",
    "reader": "reader there",
    "stranger": "owner of another enterprise",
    "reviewer": "examiner of the agency",
    "far_reviewer": "examiner of another region",
    "official": "official of the province",
    "far_official": "official of another province",
    "operator": "operator",
}
WRITING = ("post", "put", "patch", "delete")
# Reading alone is theirs: no empty post of theirs may be taken as an act.
READERS = ("reader", "stranger", "far_reviewer", "far_official", "official", "operator")


@pytest.fixture
def everybody(house):
    """The people of the walk, by the name of their column."""
    house.far_official = accounts.official("32", name="far-official")
    house.owner = house.filer
    return {name: getattr(house, name, None) for name in PEOPLE}


def mark(answers):
    """One letter for the answers to a method."""
    statuses = {status for _method, status, _where in answers}
    if all(status in {401, 403, 404, 405} for status in statuses):
        return "·"
    return "→" if statuses <= {301, 302, 401, 403, 404, 405} else "✓"


def split(answers):
    """The marks of reading and of writing."""
    reads = [a for a in answers if a[0] not in WRITING]
    writes = [a for a in answers if a[0] in WRITING]
    return f"{mark(reads)} {mark(writes)}"


@pytest.fixture
def walk(everybody, house):
    """{route: {person: answers}} for every address."""
    things = Things(house)
    found = {}
    before = Event.objects.count()
    for route in ROUTES:
        found[route] = {name: answers_to(who, things, route) for name, who in everybody.items()}
    assert Event.objects.count() == before
    return found


def table(walk):
    """The page of the walk."""
    lines = ["| address | " + " | ".join(PEOPLE.values()) + " |"]
    lines.append("| --- |" + " --- |" * len(PEOPLE))
    for route in sorted(walk, key=lambda r: (r.pattern, r.name)):
        cells = " | ".join(split(walk[route][name]) for name in PEOPLE)
        lines.append(f"| `{route.name}` | {cells} |")
    return HEAD + "Each cell: reading, then writing.\n\n" + "\n".join(lines) + "\n"


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_walk_is_as_written(walk):
    """Who gets in is as committed; nobody's empty post fails or leaves an event behind."""
    text = table(walk)
    if os.environ.get("WRITE_PERMISSIONS"):
        (ROOT / PAGE).write_text(text, encoding="utf-8")
    assert document(PAGE) == text
    assert len(walk) == len(ROUTES)
    broken = {
        (route.name, name): answers
        for route, people in walk.items()
        for name, answers in people.items()
        if any(status >= 500 for _method, status, _where in answers) and route.name != "desk:readyz"
    }
    assert broken == {}


@pytest.mark.parametrize("move", ["submit", "withdraw"])
@pytest.mark.parametrize("name", READERS)
def test_enterprises_acts_are_refused_to_everybody_else(everybody, house, name, move):
    things = Things(house)
    route = next(r for r in ROUTES if r.name == f"contracts:{move}")
    posted = [a for a in answers_to(everybody[name], things, route) if a[0] == "post"]
    assert [status for _method, status, _where in posted] in ([403], [404])
