"""The joint report's tables of participants and mentors."""

from collections.abc import Iterable

from cohorts.enums import Status
from cohorts.models import Cohort, GroupMentor, Participation
from kit.pictures import PictureTable
from kit.templatetags.swedish import day, enumerated, in_words, sentence
from meetings.whom import theme_of


def taking_part(participations: list[Participation], *, reports_are_due: bool = True) -> str:
    members = [row for row in participations if row.is_participant]
    left = [row for row in members if row.status == Status.WITHDRAWN]
    mentors = len(participations) - len(members)
    words = f"{sentence(_many(len(members), 'organisation', 'organisationer'))} har deltagit"
    words += f" och {_many(mentors, 'organisation', 'organisationer')} har varit mentor." if mentors else "."
    if left:
        words += f" {sentence(_many(len(left), 'deltagare', 'deltagare'))} lämnade innan omgången var slut."
    lacking = [row.organisation.name for row in members if not row.reported and row not in left]
    waiting = not_come_in_words(lacking) if reports_are_due else ""
    return f"{words} {waiting}".strip()


def not_come_in_words(names: Iterable[str]) -> str:
    """Return whose result reports have not come in, as the joint report and its pages say it, or ""."""
    lacking = list(names)
    if not lacking:
        return ""
    reports, handed_in = (
        ("Resultatrapporten", "inlämnad") if len(lacking) == 1 else ("Resultatrapporterna", "inlämnade")
    )
    return f"{reports} från {enumerated(lacking)} är inte {handed_in}."


def _many(number: int, singular: str, plural: str) -> str:
    return f"en {singular}" if number == 1 else f"{in_words(number)} {plural}"


def participants(participations: list[Participation]) -> PictureTable:
    members = [row for row in participations if row.is_participant]
    ordered = sorted(members, key=lambda row: (row.group.position if row.group else 10_000, row.position))
    rows = tuple((row.organisation.name, row.group.name if row.group else "", _remark(row)) for row in ordered)
    return PictureTable("Deltagare", ("Deltagare", "Grupp", "Anmärkning"), rows)


def _remark(row: Participation) -> str:
    remarks = [f"Genom {row.through}"] if row.through else []
    if row.status == Status.WITHDRAWN:
        remarks.append(f"Lämnade omgången {day(row.withdrawn_on)}" if row.withdrawn_on else "Lämnade omgången")
    elif not row.reported:
        remarks.append("Resultatrapporten är inte inlämnad än")
    return ". ".join(remarks) or ("Deltar" if row.status == Status.ACTIVE else "Har fullföljt")


def mentors(cohort: Cohort, participations: list[Participation]) -> PictureTable | None:
    tasks = GroupMentor.objects.filter(group__cohort=cohort).select_related("participation__organisation", "group")
    ordered = list(tasks.prefetch_related("meetings").order_by("group__position", "position", "pk"))
    rows = [(task.participation.organisation.name, task.group.name, _task(task)) for task in ordered]
    placed = {task.participation_id for task in ordered}
    rows += [
        (row.organisation.name, "", str(row.get_role_display()))
        for row in participations
        if not row.is_participant and row.pk not in placed
    ]
    return PictureTable("Mentorer", ("Mentor", "Grupp", "Uppdrag"), tuple(rows)) if rows else None


def _task(task: GroupMentor) -> str:
    theme = theme_of(task)
    return ("Stödjande mentor" if task.supporting else "Mentor") + (f", {theme}" if theme else "")


def checklist_in_words(cohort: Cohort) -> str:
    steps = ", ".join(f"{step.value} ({step.label.lower()})" for step in cohort.plan.steps)
    halves = " Halva steg har kunnat användas." if cohort.plan.half_steps else ""
    count = in_words(len(cohort.plan.items))
    return (
        f"Inför träffarna har deltagarna gemensamt skattat hur långt de har kommit i {count} "
        f"moment enligt {cohort.plan.checklist.name}: {steps}.{halves} "
        "Värdena är deltagarnas egna och visar en riktning. De är ingen jämförelse mellan organisationer."
    )


def groups(cohort: Cohort, participations: list[Participation]) -> PictureTable | None:
    members = [row for row in participations if row.is_participant and row.group]
    tasks = GroupMentor.objects.filter(group__cohort=cohort).select_related("participation__organisation", "group")
    supporting: dict[int, list[str]] = {}
    for task in tasks.prefetch_related("meetings").order_by("position", "pk"):
        theme = theme_of(task)
        name = task.participation.organisation.name + (f" ({theme})" if theme else "")
        supporting.setdefault(task.group_id, []).append(name)
    of_group = {row.group.pk: row.group for row in members if row.group}
    rows = tuple(
        (
            group.name,
            enumerated(row.organisation.name for row in members if row.group_id == group.pk),
            enumerated(supporting.get(group.pk, ())) or "–",
        )
        for group in sorted(of_group.values(), key=lambda group: (group.position, group.pk))
    )
    return PictureTable("Deltagarna i grupper", ("Grupp", "Deltagare", "Med stöd av"), rows) if rows else None


def left_in_words(participations: list[Participation]) -> str:
    left = [row for row in participations if row.is_participant and row.status == Status.WITHDRAWN]
    if not left:
        return ""
    who = [row.organisation.name + (f" ({day(row.withdrawn_on)})" if row.withdrawn_on else "") for row in left]
    return f"{enumerated(who)} lämnade omgången."
