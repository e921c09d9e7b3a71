"""Who took part in an omgång, as the joint report tells it: the programme's own tables."""

from cohorts.enums import Status
from cohorts.models import Cohort, GroupMentor, Participation
from modell.templatetags.swedish import day, in_words, sentence
from reports.pictures import Table


def taking_part(participations: list[Participation]) -> str:
    members = [row for row in participations if row.is_participant]
    left = [row for row in members if row.status == Status.WITHDRAWN]
    mentors = len(participations) - len(members)
    told = f"{sentence(_many(len(members), 'organisation', 'organisationer'))} har deltagit"
    told += f" och {_many(mentors, 'organisation', 'organisationer')} har varit mentor." if mentors else "."
    if left:
        told += f" {sentence(_many(len(left), 'deltagare', 'deltagare'))} lämnade innan omgången var slut."
    return told


def _many(number: int, one: str, more: str) -> str:
    return f"en {one}" if number == 1 else f"{in_words(number)} {more}"


def participants(participations: list[Participation]) -> Table:
    members = [row for row in participations if row.is_participant]
    ordered = sorted(members, key=lambda row: (row.group.position if row.group else 10_000, row.position))
    rows = tuple((row.organisation.name, row.group.name if row.group else "", _remark(row)) for row in ordered)
    return Table("Deltagare", ("Deltagare", "Grupp", "Anmärkning"), rows)


def _remark(row: Participation) -> str:
    told = [f"Genom {row.through}"] if row.through else []
    if row.status == Status.WITHDRAWN:
        told.append(f"Lämnade omgången {day(row.withdrawn_on)}" if row.withdrawn_on else "Lämnade omgången")
    elif row.status == Status.COMPLETED and not row.reported:
        told.append("Resultatrapporten är inte inkommen än")
    return ". ".join(told) or ("Deltar" if row.status == Status.ACTIVE else "Har fullföljt")


def mentors(cohort: Cohort, participations: list[Participation]) -> Table | None:
    tasks = GroupMentor.objects.filter(group__cohort=cohort).select_related("participation__organisation", "group")
    ordered = list(tasks.order_by("group__position", "position", "pk"))
    rows = [(task.participation.organisation.name, task.group.name, _task(task)) for task in ordered]
    placed = {task.participation_id for task in ordered}
    rows += [
        (row.organisation.name, "", str(row.get_role_display()))
        for row in participations
        if not row.is_participant and row.pk not in placed
    ]
    return Table("Mentorer", ("Mentor", "Grupp", "Uppdrag"), tuple(rows)) if rows else None


def _task(task: GroupMentor) -> str:
    return ("Stödjande mentor" if task.supporting else "Mentor") + (f", {task.theme}" if task.theme else "")


def told_checklist(cohort: Cohort) -> str:
    steps = ", ".join(f"{step.value} ({step.label.lower()})" for step in cohort.plan.steps)
    halves = " Halva steg har kunnat användas." if cohort.plan.half_steps else ""
    count = in_words(len(cohort.plan.items))
    return (
        f"Inför träffarna har deltagarna gemensamt skattat hur långt de har kommit i {count} "
        f"moment enligt {cohort.plan.checklist.name}: {steps}.{halves} "
        "Värdena är deltagarnas egna och visar en riktning. De är ingen jämförelse mellan organisationer."
    )
