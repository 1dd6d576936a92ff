"""The sheets of the panel as the rules of a re-examination take them."""

from hitech_cert.enums import PanelState
from hitech_cert.models import Application, Panel
from hitech_cert.queries.sheets import scores_of as points_of
from hitech_cert.queries.sheets import submitted
from hitech_cert.rules import ExpertScores


def scores_of(application: Application) -> ExpertScores | None:
    """What the experts of the closed panel gave; None without a closed panel."""
    panel = Panel.objects.filter(application=application, state=PanelState.CLOSED).first()
    if panel is None:
        return None
    tech, fin = points_of(submitted(panel))
    return ExpertScores(tech=tuple(tech), fin=tuple(fin))
