"""The state of a filing changes in the engine and nowhere else."""

import ast
import re

from tests.architecture.tree import name_of, sources, syntax

WORKFLOW_FIELDS = {"state", "stage", "owner"}
# Other tables with a small state of their own, and the only files that may write it.
OWN_STATES = {
    "torch_portal/filings/engine.py": "the engine itself",
    "contracts/actions/matters.py": "FollowUp.state",
    "hitech_cert/actions/annual.py": "AnnualReport.state",
    "hitech_cert/actions/cancelling.py": "Cancellation.state",
    "hitech_cert/actions/changes.py": "Change.state",
    "hitech_cert/actions/drawing.py": "PanelDraw.state, Panel.state",
    "hitech_cert/actions/lists.py": "NationalObjection.state",
    "hitech_cert/actions/redo.py": "ReExamination.state",
    "hitech_cert/actions/reviews.py": "Review.state",
    "hitech_cert/actions/seats.py": "Seat.state",
    "hitech_cert/actions/sheets.py": "Panel.state, Seat.state",
    "sme_eval/actions/after.py": "Change.state, Revocation.state",
    "sme_eval/actions/checking.py": "SpotCheck.state",
    "stats/actions/rounds.py": "Round.state",
    "torch_portal/accounts/changes/actions.py": "Change.state",
    "torch_portal/accounts/actions/joining.py": "JoinRequest.state",
    "torch_portal/papers/actions/emergencies.py": "Paper.state",
    "torch_portal/papers/actions/moves.py": "Paper.state",
    "torch_portal/papers/actions/reminders.py": "Paper.state",
    "torch_portal/papers/admin/ledger.py": "Paper.state as the page showed it, never saved",
    "torch_portal/publicity/actions/batches.py": "Batch.state, Entry.state",
    "torch_portal/publicity/actions/objections.py": "Objection.state, Entry.state",
    "torch_portal/publicity/work.py": "Batch.state, Entry.state",
    "torch_portal/filings/imports/acts.py": "ImportRun.state",
    "torch_portal/filings/imports/reading.py": "ImportRun.state",
    "torch_portal/filings/webhooks.py": "Delivery.state",
    "torch_portal/filings/lookups.py": "RegistryLookup.state",
    "torch_portal/reports/exports/actions.py": "Export.state",
    "torch_portal/reports/exports/work.py": "Export.state",
    "torch_portal/notices/actions.py": "Message.state",
    "torch_portal/notices/delivery.py": "Message.state",
}
WRITERS = {"update", "bulk_update", "update_or_create", "create", "get_or_create"}
SET = re.compile(r"\bSET\s+(?:\w+\s*=[^,;]+,\s*)*(?:state|stage|owner)\s*=", re.IGNORECASE)


def writes_in_call(node):
    """update(state=...) and its kin, setattr(x, "state", ...), save(update_fields=["state"])."""
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if name == "setattr":
        return isinstance(node.args[1], ast.Constant) and node.args[1].value in WORKFLOW_FIELDS
    if name == "save":
        text = ast.unparse(node)
        return any(f"'{field}'" in text for field in WORKFLOW_FIELDS)
    return name in WRITERS and any(k.arg in WORKFLOW_FIELDS for k in node.keywords)


def targets_of(node):
    """What a statement assigns to."""
    found = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [t for target in found for t in getattr(target, "elts", [target])]


def writes(node):
    """Whether this piece of syntax writes a state."""
    if isinstance(node, ast.Call):
        return writes_in_call(node)
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        return any(isinstance(t, ast.Attribute) and t.attr in WORKFLOW_FIELDS
                   for t in targets_of(node))  # fmt: skip
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and SET.search(node.value) is not None
    )


def writers():
    """Every place that writes a state: file and line."""
    return [
        (name_of(path), node.lineno)
        for path in sources()
        for node in ast.walk(syntax(path))
        if writes(node)
    ]


def test_state_is_written_in_the_engine_only():
    assert [place for place in writers() if place[0] not in OWN_STATES] == []


def test_list_of_own_states_is_no_longer_than_needed():
    assert {name for name, _line in writers()} >= set(OWN_STATES)


def test_state_writes_are_recognised():
    bad = (
        'Filing.objects.filter(pk=1).update(state="x")',
        'filing.stage = "granted"',
        'filing.state, filing.stage = "a", "b"',
        'setattr(filing, "owner", "nobody")',
        'filing.save(update_fields=["state"])',
        'SQL = "UPDATE filings_filing SET number = %s, state = %s"',
    )
    good = (
        'Filing.objects.filter(state="x").update(number=1)',
        'label = filing.state',
        'SQL = "SELECT id FROM filings_filing WHERE state = %s"',
    )  # fmt: skip
    assert all(any(writes(n) for n in ast.walk(ast.parse(line))) for line in bad)
    assert not any(any(writes(n) for n in ast.walk(ast.parse(line))) for line in good)
