"""What an enterprise writes: answers to the correction list, messages to the bureau."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from hitech_cert import actions
from hitech_cert.views.frame import own_application
from torch_portal.filings.pages.answers import answer
from torch_portal.filings.pages.talk import write


@require_POST
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was written below the items of the list."""
    return answer(request, own_application(request, pk).filing, actions.answer_correction)


@require_http_methods(["GET", "POST"])
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a message to the bureau."""
    application = own_application(request, pk)
    act = partial(actions.send_message, application=application)
    return write(request, application.filing, act)
