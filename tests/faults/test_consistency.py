"""check_consistency over a house with filings in every state, sound and then broken."""

import datetime

import pytest
from django.core.management import call_command

from contracts.enums import State
from contracts.models import Contract, FollowUp
from tests.conftest import people
from tests.factories.contracts import AT, contract_at
from torch_portal.certificates import tasks
from torch_portal.certificates.models import Certificate
from torch_portal.filings.models import Attachment, Filing
from torch_portal.papers.models import Paper

END = datetime.date(2020, 4, 30)


@pytest.fixture
def house(db, settings):
    """Every state once; every certificate made."""
    settings.STORAGES = dict(settings.STORAGES)
    house = people()
    for state in State:
        contract_at(
            state,
            firm=house.firm,
            by=house.filer,
            office=house.office,
            examiner=house.reviewer,
            project_name=f"项目 {state}",
        )
    for certificate in Certificate.objects.all():
        tasks.render(certificate_id=certificate.pk)
    return house


def consistency(capsys):
    """The exit code and what was printed."""
    try:
        call_command("check_consistency")
    except SystemExit as ended:
        return ended.code, capsys.readouterr().out.splitlines()
    return 0, capsys.readouterr().out.splitlines()


def test_sound_house_ends_with_0_and_counts(house, capsys):
    code, said = consistency(capsys)
    assert (code, len(said)) == (0, 1)
    assert said[0].startswith("checked 12 filings, ")
    assert "12 attachments, 4 certificates, 4 papers: no problem, " in said[0]


def lose_a_file():
    attachment = Attachment.objects.order_by("pk").first()
    attachment.file.storage.delete(attachment.file.name)
    return f"filings: attachment {attachment.pk}: the file {attachment.file.name} is gone"


def move_behind_the_engine():
    filing = Filing.objects.get(state=State.ACCEPTED)
    Filing.objects.filter(pk=filing.pk).update(state=State.SECOND_REVIEW)
    return (
        f"filings: filing {filing.pk}: stands at second_review but its last event led to accepted"
    )


def forge_a_certificate():
    certificate = Certificate.objects.order_by("pk").first()
    with certificate.pdf.open("wb") as stream:
        stream.write(b"%PDF-1.7 forged")
    return f"certificates: certificate {certificate}: its file was altered"


def end_an_emergency_by_hand():
    paper = Paper.objects.filter(state="deferred").order_by("pk").first()
    emergency = paper.emergency
    type(emergency).objects.filter(pk=emergency.pk).update(
        ended_on=END, end_set_at=AT, end_set_by=paper.created_by
    )
    return f"papers: paper {paper.pk}: deferred although its emergency has ended"


def take_a_number_away():
    contract = Contract.objects.filter(filing__state=State.RECOGNISED).get()
    Contract.objects.filter(pk=contract.pk).update(registration_number=None, recognised_on=None)
    return f"contracts: contract {contract.pk}: recognised without a registration number"


def leave_a_gap():
    contract = Contract.objects.order_by("-registration_number").exclude(registration_number=None)[
        0
    ]
    Contract.objects.filter(pk=contract.pk).update(registration_number="2020330101000009")
    return "contracts: series 2020330101: 4 numbers but the last is 9"


def grant_a_change_by_hand():
    contract = Contract.objects.filter(filing__state=State.RECOGNISED).get()
    person = contract.filing.created_by
    change = FollowUp.objects.create(
        contract=contract, kind="change", state="granted", reason="x", opened_at=AT,
        opened_by=person, decided_at=AT, decided_by=person,
    )  # fmt: skip
    return (
        f"contracts: contract {contract.pk}: change {change.pk} was granted but the version "
        "before is missing"
    )


@pytest.mark.parametrize(
    "harm",
    [
        lose_a_file,
        move_behind_the_engine,
        forge_a_certificate,
        end_an_emergency_by_hand,
        take_a_number_away,
        leave_a_gap,
        grant_a_change_by_hand,
    ],
)
def test_broken_house_ends_with_1_and_names_the_place(house, capsys, harm):
    expected = harm()
    code, said = consistency(capsys)
    assert code == 1
    assert expected in said[:-1]
    assert said[-1].split(": ")[1].startswith(f"{len(said) - 1} problems")
