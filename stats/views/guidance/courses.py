"""Courseware: the list, a material with its receipt and files, a quiz."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stats.actions import courses as actions
from stats.forms import guidance as forms
from stats.models import CourseFile, CourseMaterial, Quiz, QuizAttempt, ReadReceipt
from stats.queries import guidance as queries
from stats.views.guidance.frame import hours_rows, version_asked
from torch_portal.accounts.roles import standing
from torch_portal.common import clock
from torch_portal.common.downloads import download
from torch_portal.common.findings import Refused
from torch_portal.common.limits import limited
from torch_portal.filings.transitions import Stale


@require_GET
def courses(request: HttpRequest) -> HttpResponse:
    """Everything there is to read on a version, and what of it was confirmed."""
    version = version_asked(request)
    rows = list(queries.materials(version, request.user))
    needed = [row for row in rows if row.required]
    quizzes = list(Quiz.objects.live().visible_to(request.user).filter(version=version))
    passed = queries.passed(request.user, [quiz.pk for quiz in quizzes])
    context = {
        "version": version,
        "versions": list(queries.versions()),
        "materials": rows,
        "needed": len(needed),
        "needed_read": sum(row.read for row in needed),
        "quizzes": [{"quiz": quiz, "passed": quiz.pk in passed} for quiz in quizzes],
        "hours": hours_rows(request),
        "member": bool(standing(request.user).member_of),
    }
    return render(request, "stats/guidance/courses.html", context)


def _material(request: HttpRequest, pk: int) -> CourseMaterial:
    rows = CourseMaterial.objects.visible_to(request.user).select_related(
        "version__instrument", "jurisdiction"
    )
    found: CourseMaterial = get_object_or_404(rows, pk=pk)
    return found


@require_GET
def material(request: HttpRequest, pk: int) -> HttpResponse:
    """One material with its files, and the button that confirms it was read."""
    row = _material(request, pk)
    receipt = ReadReceipt.objects.filter(material=row, read_by=request.user).first()
    context = {
        "material": row,
        "version": row.version,
        "files": list(row.files.order_by("pk")),
        "receipt": receipt,
        "may_confirm": bool(standing(request.user).member_of) and row.withdrawn_at is None,
    }
    return render(request, "stats/guidance/material.html", context)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The person has read it."""
    row = _material(request, pk)
    try:
        actions.confirm_read(material=row, by=request.user, at=clock.now())
    except Stale as stale:
        messages.error(request, str(stale))
    else:
        messages.success(request, _("Thank you: it is noted that you read it."))
    return redirect("stats:material", pk)


@require_GET
@limited("download")
def material_file(request: HttpRequest, pk: int, file_pk: int) -> FileResponse:
    """A file of a material, always as a download or in the sandbox."""
    found = get_object_or_404(CourseFile, pk=file_pk, material=_material(request, pk))
    return download(
        found.file,
        name=found.name,
        content_type=found.content_type,
        inline=request.GET.get("show") == "1",
    )


@require_http_methods(["GET", "POST"])
def quiz(request: HttpRequest, pk: int) -> HttpResponse:
    """The quiz; POST marks a try and shows each answer with its explanation."""
    rows = Quiz.objects.visible_to(request.user).select_related("version__instrument")
    row = get_object_or_404(rows, pk=pk)
    questions = list(row.questions.order_by("order"))
    attempt, said = None, ""
    if request.method == "POST":
        chosen = forms.chosen(request.POST, questions)
        try:
            attempt = actions.take_quiz(quiz=row, chosen=chosen, by=request.user, at=clock.now())
        except Refused as refused:
            said = refused.findings[0].text()
        except Stale as stale:
            said = str(stale)
    context = {
        "quiz": row,
        "version": row.version,
        "attempt": attempt,
        "said": said,
        "questions": [_question(question, attempt) for question in questions],
    }
    return render(request, "stats/guidance/quiz.html", context, status=422 if said else 200)


def _question(question: Any, attempt: QuizAttempt | None) -> dict[str, Any]:
    """A question with its options; after a try with what was chosen and what is right."""
    chosen = attempt.chosen.get(str(question.pk), []) if attempt else []
    return {
        "row": question,
        "several": len(question.right) > 1,
        "right": sorted(question.right) == sorted(chosen),
        "options": [
            {
                "place": place,
                "text": text,
                "chosen": place in chosen,
                "right": place in question.right,
            }
            for place, text in enumerate(question.options)
        ],
    }
