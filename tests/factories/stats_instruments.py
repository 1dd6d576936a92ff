"""Questionnaires and rules as published: written by nobody, handed over, confirmed by another."""

import datetime

from stats.actions import authoring, publishing
from stats.models import CheckRule, InstrumentVersion
from tests.factories import accounts

PUBLISHED_AT = datetime.datetime(2022, 3, 1, 9, tzinfo=datetime.UTC)


def officers():
    """Two officials of the whole country: who hands over, and who confirms."""
    return accounts.official(None), accounts.official(None)


def loaded(name="GQ-2022"):
    """A version of the editions, as a draft with its rules."""
    authoring.load_editions()
    return row(name)


def row(name="GQ-2022"):
    """A version with what its reads need."""
    return InstrumentVersion.objects.select_related("instrument", "approval").get(version=name)


def published(name="GQ-2022", at=PUBLISHED_AT, people=None, rules=True):
    """A version of the editions in force with its check rules."""
    first, second = people or officers()
    version = loaded(name)
    publishing.ask_version(version=version, by=first, at=at)
    publishing.publish_version(version=version, by=second, at=at)
    if rules:
        rows = list(CheckRule.objects.filter(instrument=version.instrument))
        publishing.ask_rules(rules=rows, by=first, at=at)
        publishing.publish_rules(rules=rows, by=second, at=at)
    return row(name)
