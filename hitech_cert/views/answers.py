"""What an enterprise writes: answers to the correction list."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from hitech_cert import actions
from hitech_cert.views.frame import own_application
from torch_portal.filings.pages.answers import answer


@require_POST
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was written below the items of the list."""
    return answer(request, own_application(request, pk).filing, actions.answer_correction)
