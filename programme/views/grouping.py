"""Groups with reasons: the board, moving by hand, weights, rules and the proposal."""

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from cohorts.actions.groups import move_to_group, take_proposal
from cohorts.fetch import get_cohort, get_participation
from cohorts.models import Cohort, Group, GroupMove, Participation
from cohorts.roles import roles_of
from modell.http import PageRequest
from modell.permissions import Perm, may, require
from modell.refusals import ActionRefused
from modell.templatetags.swedish import in_words
from programme.grouping.actions import add_rule, remove_rule, save_weights
from programme.grouping.board import Board, board_of, weights_of
from programme.grouping.forms import MoveForm, RuleForm, TakeForm, WeightsForm
from programme.grouping.proposal import Impossible, Proposal, propose
from programme.grouping.sharing import names_of_sharing, shared_by


def grouping(request: PageRequest, slug: str) -> HttpResponse:
    """The groups with their reasons. The process leader moves, the administrator reads."""
    cohort = get_cohort(request, slug, "grouping_weights")
    require(request.user, Perm.READ_GROUPING, cohort)
    return render(request, "programme/grouping/page.html", _page(request, cohort))


@require_POST
def grouping_weights(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug, "grouping_weights")
    require(request.user, Perm.EDIT_GROUPS, cohort)
    form = WeightsForm(request.POST)
    if not form.is_valid():
        context = _page(request, cohort) | {"weights_form": form}
        return render(request, "programme/grouping/page.html", context, status=422)
    save_weights(cohort=cohort, weights=form.cleaned_data, by=request.user)
    messages.success(request, "Vikterna är sparade. Gruppernas poäng följer dem.")
    return redirect("programme:grouping", slug)


@require_http_methods(["GET", "POST"])
def grouping_move(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """Move one organisation. Where others read its work one is told who will, and asked, before it moves."""
    participation = get_participation(request, slug, code, "cohort__grouping_weights")
    cohort = participation.cohort
    require(request.user, Perm.EDIT_GROUPS, cohort)
    form = MoveForm(request.POST if request.method == "POST" else None, cohort=cohort, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        to: Group | None = form.cleaned_data["to"]
        if shared_by(participation) and not form.cleaned_data["sure"]:
            return _ask_first(request, participation, to)
        try:
            moved = move_to_group(
                participation=participation, group=to, reason=form.cleaned_data["reason"], by=request.user
            )
        except ActionRefused as refusal:
            form.add_error("to", refusal.sentence)
        else:
            return _moved(request, participation, to, moved=moved)
    if request.htmx and form.errors:
        return _ask_first(request, participation, None)
    context = _asked(request, participation, form)
    return render(request, "programme/grouping/move.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def grouping_rule(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, Perm.EDIT_GROUPS, cohort)
    form = RuleForm(request.POST if request.method == "POST" else None, cohort=cohort)
    if request.method == "POST" and form.is_valid():
        try:
            rule = add_rule(cohort=cohort, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, f"Regeln är sparad: {rule}.")
            return redirect("programme:grouping", slug)
    context = {"cohort": cohort, "form": form, "crumbs": way_to(cohort)}
    return render(request, "programme/grouping/rule.html", context, status=422 if form.errors else 200)


@require_POST
def grouping_rule_remove(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, Perm.EDIT_GROUPS, cohort)
    remove_rule(cohort=cohort, pk=pk, by=request.user)
    messages.success(request, "Regeln är borttagen.")
    return redirect("programme:grouping", slug)


@require_http_methods(["GET", "POST"])
def grouping_proposal(request: PageRequest, slug: str) -> HttpResponse:
    """The proposal beside the groups as they are; taken with one button, or left."""
    cohort = get_cohort(request, slug, "grouping_weights")
    require(request.user, Perm.EDIT_GROUPS, cohort)
    form = TakeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        taken = form.cleaned_data
        try:
            number = take_proposal(
                cohort=cohort, wanted=taken["groups"], seen=taken["seen"], reason=taken["reason"], by=request.user
            )
        except ActionRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"Förslaget är taget. {_told(number)}")
            return redirect("programme:grouping", slug)
    return _show_proposal(request, cohort, form)


def way_to(cohort: Cohort) -> list[dict[str, str]]:
    """The way to the pages under the groups."""
    groups = reverse("programme:grouping", args=[cohort.slug])
    return [{"url": cohort.get_absolute_url(), "label": cohort.name}, {"url": groups, "label": "Grupper"}]


def _page(request: PageRequest, cohort: Cohort) -> dict[str, object]:
    board = board_of(cohort, with_levels=roles_of(request.user).is_process_leader)
    rules = list(cohort.grouping_rules.all())
    known = {row.pk: row for row in (*board.alone, *(row for column in board.columns for row in column.members))}
    for rule in rules:
        rule.one = known.get(rule.one_id) or rule.one
        rule.other = (known.get(rule.other_id) or rule.other) if rule.other_id else None
    moves = GroupMove.objects.visible_to(roles_of(request.user)).filter(participation__cohort=cohort)
    return _board(request, board) | {
        "crumbs": way_to(cohort)[:1],
        "weights_form": WeightsForm(initial=weights_of(cohort)),
        "rules": rules,
        "moves": moves.select_related("participation__organisation").order_by("-moved_on", "-pk"),
    }


def _board(request: PageRequest, board: Board) -> dict[str, object]:
    may_edit = may(request.user, Perm.EDIT_GROUPS, board.cohort)
    return {"cohort": board.cohort, "board": board, "may_edit": may_edit, "moved": False}


def _ask_first(request: PageRequest, participation: Participation, to: Group | None) -> HttpResponse:
    """To the page that tells what the move means; a fragment cannot ask."""
    page = reverse("programme:grouping_move", args=[participation.cohort.slug, participation.code])
    page = f"{page}?to={to.pk if to else ''}"
    return HttpResponseClientRedirect(page) if request.htmx else redirect(page)


def _asked(request: PageRequest, participation: Participation, form: MoveForm) -> dict[str, object]:
    cohort = participation.cohort
    return {
        "participation": participation,
        "cohort": cohort,
        "form": form,
        "shared": shared_by(participation),
        "crumbs": way_to(cohort),
    }


def _moved(request: PageRequest, participation: Participation, to: Group | None, *, moved: bool) -> HttpResponse:
    """The board anew, with the reasons as they are now; read out where the page does not load again."""
    name = participation.organisation.short_name
    if not request.htmx:
        where = f"är nu i {to}" if to else "är inte längre i någon grupp"
        messages.success(request, f"{name} {where}." if moved else f"{name} var redan där.")
        return redirect("programme:grouping", participation.cohort.slug)
    board = board_of(participation.cohort, with_levels=roles_of(request.user).is_process_leader)
    response = render(request, "programme/grouping/board.html", _board(request, board) | {"moved": True})
    return trigger_client_event(response, "announce", {"value": _announced(name, board, to)})


def _announced(name: str, board: Board, to: Group | None) -> str:
    column = board.column(to)
    if column is None:
        return f"{name} är inte längre i någon grupp."
    words = [reason.words for reason in column.judgement.reasons if reason.score is not None]
    told = ". ".join((*words, f"Gruppen passar {column.judgement.figure} av 1")) if words else column.size_note
    return f"{name} är nu i {column.group}. {told}."


def _show_proposal(request: PageRequest, cohort: Cohort, form: TakeForm) -> HttpResponse:
    context: dict[str, object] = {"cohort": cohort, "crumbs": way_to(cohort), "form": form}
    board = board_of(cohort, with_levels=True)
    try:
        proposal = propose(board)
    except Impossible as refusal:
        context |= {"board": board, "impossible": str(refusal)}
        return render(request, "programme/grouping/proposal.html", context, status=422 if form.errors else 200)
    fresh = TakeForm(initial={"groups": _posted(proposal), "seen": proposal.seen})
    sharing = names_of_sharing([change.participation for change in proposal.changes])
    refused = form.non_field_errors() if form.errors else ()
    context |= {"board": board, "proposal": proposal, "form": fresh, "sharing": sharing, "refused": refused}
    return render(request, "programme/grouping/proposal.html", context, status=422 if form.errors else 200)


def _posted(proposal: Proposal) -> str:
    rows = [group.wanted for group in proposal.groups]
    return json.dumps(
        [{"group": row.group, "name": row.name, "members": row.members, "mentors": row.mentors} for row in rows]
    )


def _told(number: int) -> str:
    if number == 0:
        return "Ingen bytte grupp."
    if number == 1:
        return "En organisation har fått ny grupp."
    return f"{in_words(number).capitalize()} organisationer har fått ny grupp."
