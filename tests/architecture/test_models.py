"""Every table of ours: pairs constrained, people and filings protected, words translated."""

import datetime
import itertools

import pytest
from django.db import models
from django.utils.functional import Promise

from tests.architecture.tree import chinese, our_models
from torch_portal.accounts.models import User
from torch_portal.filings.models import Filing

MODELS = [pytest.param(model, id=model._meta.label) for model in our_models()]
PAIRS = [
    pytest.param(model, field.name.removesuffix("_at"), id=f"{model._meta.label}.{field.name}")
    for model in our_models()
    for field in model._meta.concrete_fields
    if field.name.endswith("_at")
    and any(f.name == field.name.removesuffix("_at") + "_by" for f in model._meta.concrete_fields)
]
# Rows that are nothing without their person: they go with the account.
GO_WITH_THE_PERSON = {
    "accounts.Membership.user",
    "accounts.Appointment.user",
    "accounts.FormerPassword.user",
    "filings.IdempotencyKey.user",
    "filings.SavedFilter.user",
    "reports.ExportTemplate.person",
    "reports.Subscription.person",
}


NOW = datetime.datetime(2020, 3, 2, tzinfo=datetime.UTC)


def values_of(field):
    """Values a column can have in a constraint: its choices, or nothing and something."""
    if field.choices:
        return [value for value, _label in field.flatchoices]
    something = {models.DateTimeField: NOW, models.DateField: NOW.date()}.get(type(field), 1)
    return [None, something] if field.null else [something]


def names_in(condition):
    """The columns that a condition speaks of."""
    for child in condition.children:
        if isinstance(child, models.Q):
            yield from names_in(child)
        else:
            yield child[0].split("__")[0]


def passes(condition, model, row):
    """Whether PostgreSQL finds the condition true of a row with these values."""
    columns = {n: models.Value(v, model._meta.get_field(n)) for n, v in row.items()}
    return condition.check(columns)


def allowed(model, fixed):
    """Whether the check constraints that know the pair let some row with these values pass."""
    constraints = [
        c.condition
        for c in model._meta.constraints
        if isinstance(c, models.CheckConstraint) and set(fixed) <= set(names_in(c.condition))
    ]
    others = {n for c in constraints for n in names_in(c)} - set(fixed)
    columns = {name: values_of(model._meta.get_field(name)) for name in sorted(others)}
    rows = [
        fixed | dict(zip(columns, row, strict=True)) for row in itertools.product(*columns.values())
    ]
    return any(all(passes(c, model, row) for c in constraints) for row in rows)


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "name"), PAIRS)
def test_pair_of_time_and_person_is_both_or_neither(model, name):
    at, by = (model._meta.get_field(f"{name}_{end}") for end in ("at", "by"))
    if not (at.null or by.null):
        return  # the columns themselves refuse a half
    assert allowed(model, {at.name: NOW, by.name: 1})
    assert allowed(model, {at.name: None, by.name: None})
    assert not allowed(model, {at.name: NOW, by.name: None})
    assert not allowed(model, {at.name: None, by.name: 1})


def test_pairs_are_found():
    assert len(PAIRS) >= 10


@pytest.mark.parametrize("model", MODELS)
def test_references_to_people_and_filings_are_protected(model):
    loose = {
        f"{model._meta.label}.{field.name}"
        for field in model._meta.concrete_fields
        if field.remote_field
        and issubclass(field.related_model, User | Filing)
        and field.remote_field.on_delete is not models.PROTECT
    }
    assert loose <= GO_WITH_THE_PERSON


def test_list_of_loose_references_is_short():
    found = {
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.concrete_fields
        if field.remote_field and field.remote_field.on_delete is models.CASCADE
        if issubclass(field.related_model, User | Filing)
    }
    assert found == GO_WITH_THE_PERSON


@pytest.mark.parametrize("model", MODELS)
def test_model_has_translated_names(model):
    given = model._meta.original_attrs
    words = [given.get("verbose_name"), given.get("verbose_name_plural")]
    words += [
        field._verbose_name
        for field in model._meta.local_fields
        if not field.auto_created and field.model.__module__ == model.__module__
        if not hasattr(User.__mro__[1], field.name)
    ]
    assert all(isinstance(word, Promise) for word in words), words
    silent = [str(word) for word in words if not chinese(word)]
    assert silent == []


@pytest.mark.parametrize("model", MODELS)
def test_model_says_what_a_row_is(model):
    own = [c for c in model.__mro__ if "__str__" in vars(c)]
    assert own[0] is not models.Model


@pytest.mark.parametrize("model", MODELS)
def test_model_orders_by_nothing_without_an_index(model):
    leading = {index.fields[0].lstrip("-") for index in model._meta.indexes if index.fields}
    leading |= {f.name for f in model._meta.concrete_fields if f.unique or f.db_index}
    leading |= {c.fields[0] for c in model._meta.constraints if getattr(c, "fields", ())}
    assert all(str(name).lstrip("-") in leading for name in model._meta.ordering[:1])


@pytest.mark.parametrize("model", MODELS)
def test_constraints_have_names_of_their_own(model):
    names = [c.name for c in (*model._meta.constraints, *model._meta.indexes)]
    assert all(name and "%" not in name for name in names)
