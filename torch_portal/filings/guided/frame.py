"""What every page of a guided form shows around its entries: the steps, the way on and back."""

import datetime
from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from torch_portal.filings.guided.steps import Step


def saved_text(saved_at: datetime.datetime | None) -> str:
    """When the draft was last saved, in words."""
    if saved_at is None:
        return ""
    return _("Saved %(time)s") % {"time": f"{timezone.localtime(saved_at):%H:%M}"}


def step_rows(
    steps: Sequence[Step],
    current: str,
    *,
    blocked: Collection[str],
    started: Callable[[str], bool],
    url: Callable[[str], str],
) -> list[dict[str, Any]]:
    """The steps with what is done and what needs a look; the last one, the check, is never done.

    blocked: keys of pages that something stands against; only a page that was begun says so.
    """
    states = {
        step.key: ("problem" if started(step.key) else "todo") if step.key in blocked else "done"
        for step in steps
    }
    states |= {steps[-1].key: "todo"} | {current: "current"}
    return [
        {"key": s.key, "label": s.label, "url": url(s.key), "state": states[s.key]} for s in steps
    ]


def step_frame(steps: Sequence[Step], key: str, url: Callable[[str], str]) -> dict[str, Any]:
    """The page itself, and the addresses of the next and the one before."""
    keys = [step.key for step in steps]
    place = keys.index(key)
    step = steps[place]
    return {
        "step": {
            "key": key,
            "label": step.label,
            "hint": step.hint,
            "number": place + 1,
            "total": len(keys),
        },
        "next_url": url(keys[place + 1]) if place + 1 < len(keys) else "",
        "back_url": url(keys[place - 1]) if place else "",
    }
