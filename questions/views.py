from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from assessments.occasions import occasions_of
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_participation
from cohorts.models import Participation
from cohorts.roles import roles_of
from kit.pages import Crumb, NotePage, Removal, form_page, posted, store
from kit.permissions import may, require
from kit.responses import makes_new, post_only
from kit.staleness import content_of
from kit.templatetags.swedish import in_words, sentence
from questions.actions import ASKED, change_question, note_question, remove_question
from questions.choosing import Asker, on_moment
from questions.forms import AskedForm
from questions.models import AskedQuestion
from questions.offers import offered_to, questions_of_work
from questions.perms import NOTE_ASKED, READ_ASKED
from questions.ties import AskedAbout, fields_of, tie_in


@require_GET
def questions(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code, "cohort__plan__checklist")
    require(request.user, READ_ASKED, participation)
    roles = roles_of(request.user)
    occasions, reader = occasions_of(participation, roles), Asker.of(roles, participation)
    asked = list(participation.asked_questions.select_related("item", "indicator", "effort"))
    context = {
        "participation": participation,
        "crumbs": [cohort_crumb(participation.cohort)],
        "offered": offered_to(participation, occasions, reader, roles, timezone.localdate()),
        "asked": asked,
        "headline": _headline(asked),
        "may_note": may(request.user, NOTE_ASKED, participation),
    }
    return render(request, "questions/questions.html", context)


@makes_new
@require_http_methods(["GET", "POST"])
def question_add(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code, "cohort__plan__checklist")
    require(request.user, NOTE_ASKED, participation)
    reader = Asker.of(roles_of(request.user), participation)
    tie = tie_in(request.GET.get("om", ""))
    begun = _of_work(request, participation, reader, tie) if tie else _from_bank(request, participation, reader)
    initial = {"asked_on": timezone.localdate(), **begun}
    form = AskedForm(posted(request), stored=None, initial=initial, participation=participation)
    if form.is_valid():
        fields = {name: form.cleaned_data[name] for name in ASKED} | fields_of(tie, participation)
        noting = partial(note_question, participation=participation, audience=reader.audience)
        if store(request, form, noting, **fields):
            messages.success(request, "Frågan är antecknad. Nästa gång får du ett förslag på en annan fråga.")
            return redirect("questions:questions", slug, code)
    return _form(request, participation, form, None)


@require_http_methods(["GET", "POST"])
def question_edit(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    participation = get_participation(request, slug, code, "cohort__plan__checklist")
    require(request.user, NOTE_ASKED, participation)
    question = _get(participation, pk)
    form = AskedForm(posted(request), stored=content_of(question, *ASKED), participation=participation)
    if store(request, form, partial(change_question, question=question)):
        messages.success(request, "Ändringen är sparad.")
        return redirect("questions:questions", slug, code)
    return _form(request, participation, form, question)


@post_only
def question_remove(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, NOTE_ASKED, participation)
    question = participation.asked_questions.filter(pk=pk).first()
    if question is not None:  # a second click finds it gone
        remove_question(question=question, by=request.user)
        messages.success(request, "Anteckningen är borttagen.")
    return redirect("questions:questions", slug, code)


def _headline(asked: list[AskedQuestion]) -> str:
    unanswered = sum(not question.answer for question in asked)
    if not asked:
        return "Ni har inte antecknat någon ställd fråga än."
    if not unanswered:
        return "Alla frågor som ni har ställt har fått svar."
    return "En fråga väntar på svar." if unanswered == 1 else f"{sentence(in_words(unanswered))} frågor väntar på svar."


def _from_bank(request: PageRequest, participation: Participation, reader: Asker) -> dict[str, Any]:
    """Return the moment that a link names and the bank's question about it; nothing for a link that names none."""
    question = on_moment(request.GET.get("moment", ""), participation.cohort.plan, reader)
    return {"item": question.item_id, "text": question.text} if question else {}


def _of_work(request: PageRequest, participation: Participation, reader: Asker, tie: AskedAbout) -> dict[str, Any]:
    """Return the question about the work that a link names; nothing if it is not asked any longer."""
    work = questions_of_work(participation, reader, roles_of(request.user), timezone.localdate())
    question = next((offered for offered in work if offered.tie == tie), None)
    return {"text": question.text} if question else {}


def _form(
    request: PageRequest, participation: Participation, form: AskedForm, question: AskedQuestion | None
) -> HttpResponse:
    place = [participation.cohort.slug, participation.code]
    crumbs = [
        cohort_crumb(participation.cohort),
        Crumb(reverse("questions:questions", args=place), "Frågor att ställa"),
    ]
    page = NotePage(
        "Ändra en ställd fråga" if question else "Anteckna en ställd fråga",
        f"{participation.organisation.name} · {participation.cohort.name}",
        reverse("questions:questions", args=place),
        crumbs,
        lead=f"Bara ni i {participation.organisation.name} läser anteckningen.",
        removal=_removal(place, question) if question else None,
    )
    return form_page(request, "cohorts/note.html", form, page, participation=participation)


def _removal(place: list[str], question: AskedQuestion) -> Removal:
    return Removal(
        "Ta bort anteckningen",
        reverse("questions:question_remove", args=[*place, question.pk]),
        "Ta bort en anteckning som är gjord av misstag. Att den togs bort står kvar bland händelserna.",
    )


def _get(participation: Participation, pk: int) -> AskedQuestion:
    question: AskedQuestion | None = participation.asked_questions.filter(pk=pk).first()
    if question is None:
        raise Http404
    question.participation = participation
    return question
