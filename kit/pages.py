"""Helpers for a page with a form: draw it, keep what was typed if it is refused, and leave it when it is stored."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from kit.canonical import canonical_line
from kit.refusals import ActionRefused
from kit.staleness import SeenForm
from kit.templatetags.typed import paper_note


@dataclass(frozen=True)
class Crumb:
    url: str
    label: str


@dataclass(frozen=True)
class FormPage:
    """The words of a page with a form; `back` is the page to return to, `fixed` says why there is no form."""

    title: str
    eyebrow: str
    back: str
    crumbs: Sequence[Crumb] = ()
    button: str = "Spara"
    lead: str = ""
    fixed: str = ""
    danger: bool = False


@dataclass(frozen=True)
class Removal:
    """The folded button below a form that removes what the form changes, and why one would."""

    button: str
    url: str
    why: str


@dataclass(frozen=True)
class NotePage(FormPage):
    """A page with the form of one of an organisation's own notes; `removal` is None where the note is new."""

    removal: Removal | None = None


@dataclass(frozen=True)
class ConfirmPage(FormPage):
    """A page before something that cannot be taken back: sentences that say what happens and who is concerned.

    `missing` is what is empty or left out, `warnings` what follows that one may not think of. `then` is the page to go
    to when it is done, if that is not `back`.
    """

    happens: Sequence[str] = ()
    missing: Sequence[str] = ()
    readers: Sequence[str] = ()
    warnings: Sequence[str] = ()
    then: str = ""


class SeenContent(forms.Form):
    """The form of a `ConfirmPage` about content that others may change meanwhile: it carries what was seen."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)


def posted(request: HttpRequest) -> QueryDict | None:
    # An empty post is also a post, and must get its errors.
    return request.POST if request.method == "POST" else None


def line_in(request: HttpRequest, name: str) -> str:
    """Return a posted line that no form reads, in the one form in which it is stored and looked up."""
    return canonical_line(request.POST.get(name, ""))


def refuse_on(form: forms.BaseForm, refusal: ActionRefused) -> None:
    if isinstance(form, SeenForm):
        form.refuse(refusal)
    else:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)


def store(request: HttpRequest, form: forms.BaseForm, action: Callable[..., Any], **values: Any) -> Any:
    """Return the action's result, True if it has none, or None if nothing was stored and the form says why.

    The action gets the form's cleaned data, or `values` instead.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        stored = action(**(values or form.cleaned_data), by=request.user) or True
    except ActionRefused as refusal:
        refuse_on(form, refusal)
        return None
    # The page that is left cannot say it at the field.
    for name, note in ((field.label, paper_note(field)) for field in form):
        if note:
            messages.info(request, f"{name}: {note}")
    return stored


def draw(request: HttpRequest, template: str, *bound: forms.BaseForm, **context: Any) -> HttpResponse:
    """Render the page, with status 422 if one of its forms was refused."""
    refused = any(form.is_bound and form.errors for form in bound)
    return render(request, template, context, status=422 if refused else 200)


def form_page(
    request: HttpRequest, template: str, form: forms.BaseForm, page: FormPage, **context: Any
) -> HttpResponse:
    response = draw(request, template, form, form=form, page=page, **context)
    if page.fixed and request.method == "POST":
        response.status_code = 422
    return response


def saved_or_form(
    request: HttpRequest,
    template: str,
    form: forms.BaseForm,
    page: FormPage,
    action: Callable[..., Any],
    done: str = "Ändringen är sparad.",
) -> HttpResponse:
    if not page.fixed and store(request, form, action):
        messages.success(request, done)
        return redirect(page.back)
    return form_page(request, template, form, page)


def confirmed(
    request: HttpRequest,
    form: forms.BaseForm,
    page: ConfirmPage,
    action: Callable[..., Any],
    done: str | Callable[[Any], str],
    template: str = "kit/confirm.html",
    **context: Any,
) -> HttpResponse:
    """Ask on GET and act on POST; `done` is the sentence of the next page, or makes it of the action's result.

    A refusal stands on the page, which then says how things are now.
    """
    result = None if page.fixed else store(request, form, action)
    if result is not None:
        messages.success(request, done if isinstance(done, str) else done(result))
        return redirect(page.then or page.back)
    return form_page(request, template, form, page, **context)


def press(request: HttpRequest, action: Callable[..., Any], done: str = "") -> Any:
    """Run the action of a button without fields and return as `store` does; the next page shows what came of it.

    A view whose sentence depends on the result leaves `done` empty.
    """
    try:
        result = action(by=request.user)
    except ActionRefused as refusal:
        messages.error(request, refusal.sentence)
        request.refused = True  # type: ignore[attr-defined]
        return None
    if done:
        messages.success(request, done)
    return result or True
