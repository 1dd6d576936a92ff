"""How the tests of the desk speak to it."""

from django.urls import reverse

from torch_portal.filings.models import Filing

LIST = reverse("admin:hitech_cert_application_changelist")


def page_of(application):
    return reverse("admin:hitech_cert_application_change", args=[application.pk])


def move_of(application, name):
    return reverse("admin:hitech_cert_application_move", args=[application.pk, name])


def press(client, person, application, name, **data):
    """POST a move as somebody who has just looked at the form."""
    client.force_login(person)
    seen = data.pop("seen", Filing.objects.get(pk=application.pk).version)
    return client.post(move_of(application, name), {"seen": seen, **data})


def state_of(application):
    return Filing.objects.get(pk=application.pk).state


def tabs(client):
    return {tab["url"].partition("=")[2]: tab["count"] for tab in client.get(LIST).context["tabs"]}


def pressable(client, application):
    context = client.get(page_of(application)).context
    return {b["move"].name for b in (*context["buttons"], context["main_button"]) if b}
