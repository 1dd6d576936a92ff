"""Migrations: none outstanding, named, in one row, and every step can be taken back."""

import re

import pytest
from django.core.management import call_command
from django.db import connection, migrations
from django.db.migrations.loader import MigrationLoader

from tests.architecture.tree import our_models

APPS = sorted({model._meta.app_label for model in our_models()})


def ours():
    """The migrations of our apps."""
    loader = MigrationLoader(None)
    return [m for (app, _name), m in sorted(loader.disk_migrations.items()) if app in APPS]


@pytest.mark.django_db
def test_no_outstanding_migrations():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_are_named_and_in_one_row():
    loader = MigrationLoader(None)
    for app in APPS:
        names = sorted(name for label, name in loader.disk_migrations if label == app)
        numbers = [int(name[:4]) for name in names]
        assert numbers == list(range(1, len(names) + 1)), app
        assert len(loader.graph.leaf_nodes(app)) == 1
        badly = [n for n in names if not re.fullmatch(r"\d{4}_[a-z0-9]+(_[a-z0-9]+)*", n)]
        assert badly + [n for n in names if "_auto_" in n] == []


def test_migrations_can_be_taken_back():
    steps = [(m.name, step) for m in ours() for step in m.operations]
    assert [name for name, step in steps if not step.reversible] == []


def test_migrations_of_rows_stand_apart_from_those_of_tables():
    mixed = [
        m.name
        for m in ours()
        if any(isinstance(s, migrations.RunPython) for s in m.operations)
        and not all(isinstance(s, migrations.RunPython) for s in m.operations)
    ]
    assert mixed == []


@pytest.mark.django_db
def test_database_is_at_the_newest_migration():
    loader = MigrationLoader(connection)
    missing = [key for key in loader.disk_migrations if key not in loader.applied_migrations]
    assert missing == []
