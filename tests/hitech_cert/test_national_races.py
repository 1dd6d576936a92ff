"""Two officials accept the same national list at the same moment: every number counts once."""

import threading

import pytest
from django.db import connection

from hitech_cert.actions import national
from hitech_cert.enums import State
from tests.factories import accounts
from tests.factories.hitech_after import ANNOUNCED, ISSUED, bring, fresh, province, reported
from torch_portal.common.findings import Refused
from torch_portal.filings.models import Qualification

NUMBER = "GR202033008462"


@pytest.mark.django_db(transaction=True)
def test_list_accepted_twice_at_once_is_taken_over_once(house):
    first, second = province(), accounts.official("33", name="second-official")
    application = reported(house.firm, house.filer, house.office)
    brought = bring([(house.firm.name, house.firm.credit_code, NUMBER, ISSUED)], by=first)
    start, found = threading.Barrier(2), []

    def take(person):
        try:
            start.wait(10)
            found.append(national.take_over(national=brought, by=person, at=ANNOUNCED))
        except Refused:
            found.append(0)
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=(person,)) for person in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(found) == [0, 1]
    now = fresh(application)
    assert (now.certificate_number, now.filing.state) == (NUMBER, State.CERTIFIED)
    assert application.filing.events.filter(move="certify").count() == 1
    assert Qualification.objects.count() == 1
