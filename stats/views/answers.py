"""What a respondent writes: answers to the reasons of a return, messages to the unit."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from stats import actions
from stats.views.frame import own_return
from torch_portal.filings.pages.answers import answer
from torch_portal.filings.pages.talk import write


@require_POST
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was written below the reasons."""
    return answer(request, own_return(request, pk).filing, actions.answer_correction)


@require_http_methods(["GET", "POST"])
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a message to the unit."""
    report = own_return(request, pk)
    return write(request, report.filing, partial(actions.send_message, report=report))
