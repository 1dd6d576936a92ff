"""What the figures of the survey stand on: a scratch portal with an open round."""

import contextlib
import datetime
import importlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command

from torch_portal import embedded

YEAR = 2022
# Within the collection of the round and the validity of 国统制〔2022〕11号.
NOW = datetime.datetime(2023, 3, 1, 2, tzinfo=datetime.UTC)
BEFORE = datetime.datetime(2022, 3, 1, 2, tzinfo=datetime.UTC)


@contextlib.contextmanager
def scratch() -> Iterator[str]:
    """A migrated and seeded portal in a folder of its own, which goes with it; gives the folder."""
    with tempfile.TemporaryDirectory(prefix="torch-stats-") as folder:
        for name in ("DATABASE_URL", "REDIS_URL"):
            os.environ.pop(name, None)
        services = embedded.start(Path(folder) / "embedded")
        try:
            os.environ.update(services.environment())
            os.environ |= {"TORCH_VAR": folder, "LOG_LEVEL": "WARNING", "DEBUG": ""}
            os.environ |= {"DJANGO_SETTINGS_MODULE": "torch_portal.settings", "DEMO": "1"}
            os.environ |= {"ALLOWED_HOSTS": "127.0.0.1", "SECRET_KEY": "only-for-figures-" * 4}
            os.environ["SIGNING_P12_PASSWORD"] = "only-for-figures"
            embedded.create_database(services.database_url)
            django.setup()
            call_command("migrate", verbosity=0)
            call_command("seed", stdout=sys.stderr)
            call_command("collectstatic", interactive=False, verbosity=0)
            importlib.import_module("torch_portal.accounts.demo").load()
            yield folder
        finally:
            services.stop()


def room(name: str) -> Any:
    """A module of the portal, which can be imported only now."""
    return importlib.import_module(name)


def officers() -> tuple[Any, Any]:
    """Two officials of the whole country."""
    models = room("torch_portal.accounts.models")
    made = []
    for name in ("figures-one", "figures-two"):
        person = models.User.objects.create_user(name, is_staff=True)
        models.Appointment.objects.create(user=person, role="official", jurisdiction=None)
        made.append(person)
    return made[0], made[1]


def published(first: Any, second: Any) -> Any:
    """The questionnaire of 2022 in force with its check rules."""
    models, publishing = room("stats.models"), room("stats.actions.publishing")
    room("stats.actions.authoring").load_editions()
    rows = models.InstrumentVersion.objects.select_related("instrument", "approval")
    version = rows.get(version="GQ-2022")
    if version.published_at is None:
        publishing.ask_version(version=version, by=first, at=BEFORE)
        publishing.publish_version(version=version, by=second, at=BEFORE)
    rules = list(models.CheckRule.objects.filter(instrument=version.instrument, published_at=None))
    if rules:
        publishing.ask_rules(rules=rules, by=first, at=BEFORE)
        publishing.publish_rules(rules=rules, by=second, at=BEFORE)
    return rows.get(pk=version.pk)


def open_round(version: Any, by: Any, firms: list[Any], unit: Any) -> Any:
    """A round that takes returns of these enterprises, all of one unit."""
    models, actions = room("stats.models"), room("stats.actions")
    made = models.Round.objects.create(
        version=version,
        year=YEAR,
        title=f"{YEAR}年度火炬统计年报",
        opens_on=datetime.date(YEAR + 1, 1, 15),
        closes_on=datetime.date(YEAR + 1, 3, 25),
        reassign_until=datetime.date(YEAR + 1, 3, 15),
        scan_until=datetime.date(YEAR + 1, 4, 30),
    )
    actions.approve_round(survey_round=made, by=by, at=NOW)
    models.Assignment.objects.bulk_create(
        models.Assignment(round=made, enterprise=firm, responsible_unit=unit) for firm in firms
    )
    room("stats.actions.rounds").move_round(made, "frame_frozen", by=by, at=NOW)
    return actions.open_round(survey_round=made, by=by, at=NOW)
