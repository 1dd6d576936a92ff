"""What an enterprise writes: answers to the correction list, messages to the agency."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from sme_eval import actions
from sme_eval.views.frame import own_evaluation
from torch_portal.filings.pages.answers import answer
from torch_portal.filings.pages.talk import write


@require_POST
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was written below the items of the list."""
    return answer(request, own_evaluation(request, pk).filing, actions.answer_correction)


@require_http_methods(["GET", "POST"])
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a message to the agency."""
    evaluation = own_evaluation(request, pk)
    return write(request, evaluation.filing, partial(actions.send_message, evaluation=evaluation))
