"""A broker that does not answer."""

import pytest
from celery import current_app
from kombu import pools


@pytest.fixture
def celery_broker_down(settings):
    """Tasks go to a port where nobody listens; call it to bring the broker back."""
    conf = current_app.conf
    before = (conf.task_always_eager, conf.broker_url, conf.broker_transport_options)

    def set_to(eager, url, options):
        conf.task_always_eager = eager
        conf.broker_url = url
        conf.broker_transport_options = options
        pools.reset()
        current_app._pool = current_app.amqp._producer_pool = None

    set_to(False, "redis://127.0.0.1:9/0", {"socket_connect_timeout": 1})
    yield lambda: set_to(*before)
    set_to(*before)
