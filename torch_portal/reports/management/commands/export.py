"""export REPORT --out FILE: a list as a file, from the console; recorded like every other."""

import argparse
import datetime
import shutil
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from torch_portal.accounts.models import User
from torch_portal.accounts.roles import Denied
from torch_portal.common import clock
from torch_portal.common.columns import Report
from torch_portal.common.findings import Refused
from torch_portal.reports.enums import ExportState, FileFormat, MoneyUnit
from torch_portal.reports.exports import actions, source, work
from torch_portal.reports.exports.wishes import Wish


class Command(BaseCommand):
    """Writes here and now, without a worker; the row and its file stay as of a page."""

    help = "Write a list to .xlsx, .csv or .zip; what is wrong is said and nothing is written."

    def add_arguments(self, parser: CommandParser) -> None:
        """REPORT --out FILE [--from D] [--to D] [--jurisdiction CODE] [--as USER] ..."""
        parser.add_argument(
            "report", metavar="REPORT", help=f"one of: {', '.join(source.reports())}"
        )
        parser.add_argument("--out", required=True, type=Path, metavar="FILE")
        parser.add_argument("--from", dest="since", type=_day, metavar="YYYY-MM-DD")
        parser.add_argument("--to", dest="until", type=_day, metavar="YYYY-MM-DD")
        parser.add_argument("--jurisdiction", default="", metavar="CODE")
        parser.add_argument("--as", dest="username", metavar="USER", help="what this person sees")
        parser.add_argument("--unit", default=MoneyUnit.YUAN, choices=MoneyUnit.values)
        parser.add_argument(
            "--columns", metavar="NAME,NAME", help="all but personal ones if left out"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """One line about the file, or an error."""
        report = source.reports().get(options["report"])
        if report is None:
            known = ", ".join(source.reports())
            raise CommandError(f"there is no list {options['report']}; known: {known}")
        export = self._made(_wish(report, options), _person(options["username"]))
        try:
            with export.file.open("rb") as made, options["out"].open("wb") as out:
                shutil.copyfileobj(made, out)
        except OSError as error:
            raise CommandError(f"{options['out']} cannot be written: {error.strerror}") from error
        self.stdout.write(f"{options['out']}: {export.rows_done} rows, sha256 {export.sha256}")
        if export.words:
            self.stderr.write(export.words)

    def _made(self, wish: Wish, by: User | None) -> Any:
        at = clock.now()
        try:
            export = actions.ask(wish=wish, by=by, at=at, anew=True, later=False)
        except Refused as refused:
            raise CommandError("\n".join(f.text() for f in refused.findings)) from refused
        except Denied as denied:
            raise CommandError(str(denied)) from denied
        work.run(export_id=export.pk, at=at)
        export.refresh_from_db()
        if export.state != ExportState.READY:
            raise CommandError(export.words or f"the export is {export.state}")
        return export


def _day(typed: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(typed)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{typed} is not a day like 2020-03-02") from error


def _person(username: str | None) -> User | None:
    if username is None:
        return None
    person = User.objects.filter(username=username).first()
    if person is None:
        raise CommandError(f"there is no person {username}")
    return person


def _wish(report: Report, options: dict[str, Any]) -> Wish:
    file_format = options["out"].suffix.lstrip(".").lower()
    if file_format not in FileFormat.values:
        raise CommandError(f"{options['out']}: the name has to end with .xlsx, .csv or .zip")
    if not options["out"].parent.is_dir():
        raise CommandError(f"there is no folder {options['out'].parent}")
    typed = options["columns"]
    usual = [c.name for c in report.columns if not c.personal]
    return Wish(
        report=report,
        columns=tuple(n.strip() for n in typed.split(",")) if typed else tuple(usual),
        file_format=file_format,
        unit=options["unit"],
        filter=report.everything,
        since=options["since"],
        until=options["until"],
        place=options["jurisdiction"],
    )
