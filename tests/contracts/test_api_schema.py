"""The API against its own description: schemathesis makes the requests, each answer is checked."""

from contextlib import suppress

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as chosen
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from rest_framework.authtoken.models import Token
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode

from contracts.enums import State
from sme_eval.enums import State as Entered
from tests.contracts.api_calls import at_state
from tests.factories.sme_eval import evaluation_at
from torch_portal.common.downloads import XLSX
from torch_portal.wsgi import application

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SCHEMA = "/api/v1/schema/?format=json"
SIGNALS = (request_started, request_finished)
load_all_checks()
ASKED = CHECKS.get_by_names([
    "not_a_server_error", "status_code_conformance", "content_type_conformance",
    "response_headers_conformance", "response_schema_conformance",
])  # fmt: skip
# The same requests in every run; one failing example is as good as the smallest.
EXAMPLES = chosen(
    max_examples=5, derandomize=True, deadline=None, database=None, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
for kind in ("application/x-ndjson", XLSX):
    schemathesis.openapi.media_type(kind, st.binary(max_size=80))


def evaluation_of(house):
    """An evaluation in the library."""
    people = {"by": house.filer, "office": house.office, "examiner": house.reviewer}
    return evaluation_at(Entered.ENTERED, firm=house.firm, **people)


@pytest.fixture
def described(settings):
    """The description as it is served; requests share the connection of the test."""
    settings.LIMITS_A_MINUTE = dict.fromkeys(settings.LIMITS_A_MINUTE, 1_000_000)
    cache.clear()
    for signal in SIGNALS:
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi(SCHEMA, application)
    for signal in SIGNALS:
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", GenerationMode)
def test_every_answer_is_as_described(house, described, mode):
    rows = at_state(house, State.ACCEPTED).pk, evaluation_of(house).pk
    people = [house.filer, house.reviewer, house.official]
    tokens = [Token.objects.create(user=person).key for person in people]
    faults = []
    for found in described.get_all_operations():
        operation = found.ok()

        @EXAMPLES
        @given(operation.as_strategy(generation_mode=mode), st.sampled_from(tokens), st.booleans())
        def ask(case, token, known):
            if known and "id" in case.path_parameters:
                case.path_parameters["id"] = rows["/sme_eval/" in case.operation.path]
            answer = case.call(headers={"Authorization": f"Token {token}"})
            case.validate_response(answer, checks=ASKED)

        try:
            with suppress(Unsatisfiable):  # nothing of this address can be wrong
                ask()
        except FailureGroup as group:
            faults += [f"{operation.label}: {fault}" for fault in group.exceptions]
    assert faults == []


def test_description_names_every_address_once(described):
    labels = [found.ok().label for found in described.get_all_operations()]
    assert len(labels) == len(set(labels)) > 40
