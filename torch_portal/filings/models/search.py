"""What a filing is found by: one row beside the cover, kept by triggers of the database.

The words stand in a table of their own, so that reading and moving a cover never carries them.
Chinese runs are kept as pairs of neighbouring characters with their places, so that a word is
found wherever it stands; numbers and codes as whole words and from each of their hyphens on.
"""

import re
import unicodedata
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models
from django.db.models import F, Func, Lookup, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from torch_portal.filings.models.covers import Filing

# The same in filings_grams (migration 0003): a code with its hyphens, or a run of other letters.
CODE = "[a-z0-9]+(?:-[a-z0-9]+)*"
RUN = r"[^\u0001-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uffef]+"
PIECES = re.compile(f"{CODE}|{RUN}")
CAPITALS = {c: c + 32 for c in range(ord("A"), ord("Z") + 1)}
PREFIX_FROM = 12  # a code is found by its beginning from so many characters on; below it as a whole
LONGEST = 60
SAMPLE = 4_000  # the newest entries that tell how common a word is
PAGE = 50  # rows of a page of the desk
CAP = 1_000  # rows that a page counts to


# Hits among the newest entries, how many were looked at, and about how many there are.
SHARE = """
SELECT count(*) FILTER (WHERE ts_match_vq(newest.grams, %s::tsquery)), count(*),
    (SELECT greatest(reltuples, 0)::bigint FROM pg_class
        WHERE oid = 'filings_searchentry'::regclass)
FROM ({newest}) newest
"""


class GramField(models.Field):
    """A tsvector that only the database writes and only searches read."""

    def db_type(self, connection: Any) -> str:
        """The type of the column."""
        return "tsvector"


@GramField.register_lookup
class Holds(Lookup):
    """The row holds what `query` built."""

    lookup_name = "holds"
    form = "{left} @@ {right}::tsquery"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """`column @@ query`, which the GIN index answers."""
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        return self.form.format(left=left, right=right), (*left_values, *right_values)


@GramField.register_lookup
class HoldsCommon(Holds):
    """The same without the index: the planner walks the order of the queue and looks at each."""

    lookup_name = "holds_common"
    form = "ts_match_vq({left}, {right}::tsquery)"


@GramField.register_lookup
class HoldsOften(HoldsCommon):
    """Common enough to walk for a page, too rare to walk for a count: see counted_by_index."""

    lookup_name = "holds_often"


class SearchEntry(models.Model):
    """The number of the cover and the words of its line; `grams` follows from both."""

    filing = models.OneToOneField(
        Filing,
        models.PROTECT,
        primary_key=True,
        verbose_name=_("filing"),
        related_name="search_entry",
    )
    number = models.CharField(_("filing number"), max_length=32, db_default="")
    words = models.TextField(_("words"), db_default="")
    grams = models.GeneratedField(
        verbose_name=_("pairs of characters"),
        expression=Func(F("number"), F("words"), function="filings_grams"),
        output_field=GramField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        indexes = [GinIndex(fields=["grams"], name="search_grams")]

    def __str__(self) -> str:
        return f"{self.filing_id}: {self.words[:40]}"


def query(text: str) -> str:
    """The tsquery for what a person typed: every piece has to be there; "" when none is left.

    Full-width letters and digits are read as plain ones, capitals do not matter. One Chinese
    character finds the words that contain it; a code is found whole, or by its beginning from
    PREFIX_FROM characters on.
    """
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).translate(CAPITALS)
    return " & ".join(_asked(piece) for piece in PIECES.findall(plain))


def condition(asked: str, prefix: str = "") -> Q:
    """The rows that hold what `query` built, by whichever way is short; one query.

    `prefix` leads to the cover ("filing__").
    """
    newest = SearchEntry.objects.order_by("-pk").values("grams")[:SAMPLE]
    with connection.cursor() as cursor:
        sql, values = newest.query.sql_with_params()
        cursor.execute(SHARE.format(newest=sql), [asked, *values])
        way = lookup(*cursor.fetchone())
    return Q(**{f"{prefix}search_entry__grams__{way}": asked})


def lookup(hits: int, sampled: int, rows: int) -> str:
    """How to look for what `hits` of the newest `sampled` entries of `rows` hold.

    By index every match is read, of which there are about hits/sampled x rows; walking reads
    PAGE, or CAP for a count, times sampled/hits rows. The shorter of both is taken.
    """
    weight = hits**2 * max(rows, sampled)
    if weight > CAP * sampled**2:
        return "holds_common"
    return "holds_often" if weight > PAGE * sampled**2 else "holds"


def counted_by_index(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The same rows, to be counted: what is walked for a page only is looked up in the index."""
    found: QuerySet[Any] = rows.all()
    _answered_by_index(found.query.where)
    return found


def _answered_by_index(node: Any) -> None:
    for place, child in enumerate(node.children):
        if isinstance(child, HoldsOften):
            node.children[place] = Holds(child.lhs, child.rhs)
        elif hasattr(child, "children"):
            _answered_by_index(child)


def _asked(piece: str) -> str:
    if piece[0].isascii():
        code = piece.replace("-", "")
        return f"'{code}':*" if len(code) >= PREFIX_FROM else f"'{code}'"
    if len(piece) == 1:
        return f"'{piece}':*"
    pairs = [f"'{piece[n : n + 2]}'" for n in range(len(piece) - 1)]
    return f"({' <-> '.join(pairs)})"
