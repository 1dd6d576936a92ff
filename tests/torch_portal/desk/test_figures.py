"""/metrics: for whom, and that the figures are those of the database and of the requests."""

import re
import time

import pytest
from django.core.cache import cache

from contracts.enums import State
from tests.contracts.api_calls import at_state
from torch_portal.certificates.models import Certificate
from torch_portal.common.queueing import queue
from torch_portal.desk.queries import HEARTBEAT
from torch_portal.filings.models import Filing

TOKEN = {"Authorization": "Bearer let-me-in"}


@pytest.fixture(autouse=True)
def anew(settings):
    """Nothing counted is kept; the token is known."""
    cache.clear()
    settings.METRICS_TOKEN = "let-me-in"


def figures(client):
    """Every figure by its name and labels."""
    answer = client.get("/metrics", headers=TOKEN)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    lines = [x for x in answer.content.decode().splitlines() if not x.startswith("#")]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


@pytest.mark.parametrize(
    ("token", "networks", "sent", "status"),
    [
        ("let-me-in", [], TOKEN, 200),
        ("let-me-in", [], {"Authorization": "Bearer let-me-in-"}, 404),
        ("let-me-in", [], {}, 404),
        ("", [], {}, 404),
        ("", [], {"Authorization": "Bearer "}, 404),
        ("", ["127.0.0.0/8"], {}, 200),
        ("", ["10.0.0.0/8", "fd00::/8"], {}, 404),
    ],
)
def test_who_may_read(client, db, settings, token, networks, sent, status):
    settings.METRICS_TOKEN, settings.METRICS_NETWORKS = token, networks
    assert client.get("/metrics", headers=sent).status_code == status


def test_filings_and_work_are_counted(client, house):
    at_state(house, State.RECOGNISED)
    at_state(house, State.SUBMITTED, project_name="另一项目")
    told = figures(client)
    assert told['torch_filings{line="contracts",stage="granted"}'] == 1
    assert told['torch_filings{line="contracts",stage="submitted"}'] == 1
    waiting = told['torch_work_rows{is="waiting",of="certificates"}']
    assert waiting == Certificate.objects.filter(making="pending").count()
    assert told['torch_work_rows{is="failed",of="messages"}'] == 0
    assert told['torch_up{part="database"}'] == 1
    assert not any(Filing.objects.first().number in name for name in told)


def test_rows_of_work_follow_at_once_and_failed_ones_within_five_minutes(client, house):
    at_state(house, State.RECOGNISED)
    assert figures(client)['torch_work_rows{is="failed",of="certificates"}'] == 0
    Certificate.objects.update(making="failed")
    told = figures(client)
    assert told['torch_work_rows{is="waiting",of="certificates"}'] == 0
    assert told['torch_work_rows{is="failed",of="certificates"}'] == 0
    cache.clear()
    assert figures(client)['torch_work_rows{is="failed",of="certificates"}'] == 1


def test_sign_of_life_has_an_age(client, db):
    assert "torch_worker_heartbeat_age_seconds" not in figures(client)
    queue("torch_portal.desk.tasks.beat_heart")
    assert 0 <= figures(client)["torch_worker_heartbeat_age_seconds"] < 5
    cache.set(HEARTBEAT, time.time() - 100)
    assert 100 <= figures(client)["torch_worker_heartbeat_age_seconds"] < 105


def test_answers_are_counted_by_view_and_status_and_never_by_address(client, db):
    name = 'torch_requests_total{method="GET",status="200",view="certificates:scan"}'
    seconds = 'torch_request_seconds_count{view="certificates:scan"}'
    first = figures(client)
    client.get("/verify/AAAABBBBCCCC/")
    client.get("/verify/DDDDEEEEFFFF/")
    told = figures(client)
    assert told[name] == first.get(name, 0) + 2
    assert told[seconds] == first.get(seconds, 0) + 2
    assert not any(re.search("AAAABBBB|DDDDEEEE", key) for key in told)


def test_broker_that_is_down_is_told_and_nothing_fails(client, db, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": settings.REDIS_URL,
        }
    }
    told = figures(client)
    assert told['torch_up{part="broker"}'] == 0
    assert told['torch_work_rows{is="due",of="messages"}'] == 0


def test_queries_do_not_grow_with_the_filings(client, house, django_assert_num_queries):
    at_state(house, State.SUBMITTED)
    figures(client)
    with django_assert_num_queries(6):
        figures(client)
    at_state(house, State.SUBMITTED, project_name="另一项目")
    with django_assert_num_queries(6):
        figures(client)
