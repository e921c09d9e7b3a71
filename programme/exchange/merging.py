"""A checked package onto what is stored: rows are found by their natural keys, made or changed, never deleted.

What lies in a list of its own is kept where the package does not name it (a member, a score, a comment, a step); a
flag follows the package, so that a "glad to tell" can be taken back.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Max

from checklist.actions.rounds import reduce_ratings
from checklist.enums import AssessmentState
from checklist.models import Assessment, AssessmentPlan, Score
from cohorts.enums import Role
from cohorts.models import Cohort, ExpectedResult, Group, GroupMentor, Participation
from improvements.models import Cycle, Effort, EffortStep, Improvement
from meetings.models import Meeting
from programme.exchange.facts import Facts
from programme.exchange.meaning import natural_key
from programme.exchange.parsing import Malformed, shown, step_into
from programme.exchange.rows import Writer, differing, places
from programme.exchange.shapes import LARGEST, day
from reports.models import Report, ReportSection, Section


class Merge:
    """One package onto its omgång. `wrote` says whether anything differed."""

    def __init__(self, document: dict[str, Any], facts: Facts, *, replace: bool) -> None:
        self.document = document
        self.facts = facts
        self.replace = replace
        self.version = facts.versions[document["cohort"]["checklist"]]
        self.writer = Writer()
        self.handed_in: list[Assessment] = []

    @property
    def wrote(self) -> bool:
        return self.writer.wrote

    def run(self) -> Cohort:
        self._merge()
        self.writer.flush()
        for assessment in self.handed_in:
            reduce_ratings(assessment)
        return self.cohort

    def _merge(self) -> None:
        self._cohort()
        self._participants()
        self._groups()
        self._meetings()
        self._assessments()
        self._work(Effort, "efforts", self._steps)
        self._work(Improvement, "improvements", self._cycles)
        self._reports()

    def _cohort(self) -> None:
        row = self.document["cohort"]
        stored = Cohort.objects.select_for_update().filter(slug=row["slug"]).first()
        self.created = stored is None
        self.cohort = self.writer.put(Cohort, stored, {"slug": row["slug"]}, self._cohort_values(row))
        plan = AssessmentPlan.objects.filter(cohort=self.cohort).first()
        rescaled = plan is not None and plan.half_steps != row["half_steps"]
        plan = self.writer.put(AssessmentPlan, plan, {"cohort": self.cohort}, self._plan_values(row))
        self.scale = {"checklist": plan.checklist, "half_steps": plan.half_steps}
        if rescaled:
            Assessment.objects.by_plan_of(self.cohort).update(half_steps=plan.half_steps)
        self._keyed(Section, row["sections"], ("heading",))
        self._keyed(ExpectedResult, row["expected_results"], ("text", "kind"))

    def _cohort_values(self, row: dict[str, Any]) -> dict[str, Any]:
        values = {name: row[name] for name in ("name", "kind")} | {"provenance": self.document["provenance"]}
        return values | {"starts_on": day(row["starts_on"]), "ends_on": day(row["ends_on"])}

    def _plan_values(self, row: dict[str, Any]) -> dict[str, Any]:
        return {"checklist_id": self.version.checklist.pk, "half_steps": row["half_steps"]}

    def _keyed(self, model: Any, rows: list[dict[str, Any]], fields: Iterable[str]) -> None:
        """Rows of the omgång itself, in their order."""
        stored = {row.key: row for row in model.objects.filter(cohort=self.cohort)}
        for row, place in zip(rows, self._places(model, [stored.get(r["key"]) for r in rows]), strict=True):
            values = {name: row[name] for name in fields} | {"position": place}
            self.writer.put_later(model, stored.get(row["key"]), {"cohort": self.cohort, "key": row["key"]}, values)

    def _places(self, model: Any, stored: list[Any], **of: Any) -> list[int]:
        last = model.objects.filter(**(of or {"cohort": self.cohort})).aggregate(last=Max("position"))["last"]
        return places(stored, -1 if last is None else last)

    def _participants(self) -> None:
        rows = self.document["participants"]
        stored = {row.organisation_id: row for row in Participation.objects.filter(cohort=self.cohort)}
        organisations = [self.facts.organisations[row["organisation"]] for row in rows]
        order = self._places(Participation, [stored.get(organisation.pk) for organisation in organisations])
        self.people: dict[str, Participation] = {}
        for row, organisation, place in zip(rows, organisations, order, strict=True):
            # The code is part of the key: Gotland keeps the one it came with.
            key = {"cohort": self.cohort, "organisation": organisation, "code": row["organisation"]}
            values = self._participant(row) | {"position": place}
            self.people[row["organisation"]] = self.writer.put(Participation, stored.get(organisation.pk), key, values)
        invented = self.cohort.participations.filter(organisation__invented=True).exists()
        self.writer.change(self.cohort, differing(self.cohort, {"constructed": invented}))

    def _participant(self, row: dict[str, Any]) -> dict[str, Any]:
        values = {name: row[name] for name in ("role", "status", "reported")}
        values |= {"withdrawn_on": day(row["withdrawn_on"])}
        values |= {name: row[name] or "" for name in ("through", "mentor_next")}
        # Who mentors is no member of a group, also where it was one.
        return values if row["role"] == Role.PARTICIPANT else values | {"group_id": None}

    def _groups(self) -> None:
        rows = self.document["groups"]
        stored = {group.key: group for group in Group.objects.filter(cohort=self.cohort)}
        self.groups = dict(stored)
        for row, place in zip(rows, self._places(Group, [stored.get(r["key"]) for r in rows]), strict=True):
            values = {"name": row["name"], "track": row["track"] or "", "position": place}
            key = {"cohort": self.cohort, "key": row["key"]}
            group = self.groups[row["key"]] = self.writer.put(Group, stored.get(row["key"]), key, values)
            for code in row["members"]:
                member = self.people[code]
                self.writer.change(member, differing(member, {"group_id": group.pk}))
            self._mentors(group, row["mentors"])

    def _mentors(self, group: Group, rows: list[dict[str, Any]]) -> None:
        stored = {mentor.participation_id: mentor for mentor in GroupMentor.objects.filter(group=group)}
        people = [self.people[row["organisation"]] for row in rows]
        order = self._places(GroupMentor, [stored.get(person.pk) for person in people], group=group)
        for row, person, place in zip(rows, people, order, strict=True):
            values = {"supporting": row["supporting"], "theme": row["theme"] or "", "position": place}
            key = {"group": group, "participation": person}
            self.writer.put_later(GroupMentor, stored.get(person.pk), key, values)

    def _meetings(self) -> None:
        self.meetings = {meeting.key: meeting for meeting in Meeting.objects.filter(cohort=self.cohort)}
        rows = [(row["key"], self._meeting(row)) for row in self.document["meetings"]]
        self._make_room(rows)
        for key, values in rows:
            self.meetings[key] = self.writer.put(
                Meeting, self.meetings.get(key), {"cohort": self.cohort, "key": key}, values
            )

    def _meeting(self, row: dict[str, Any]) -> dict[str, Any]:
        group = self.groups[row["group"]] if row["group"] else None
        values = {name: row[name] for name in ("name", "kind", "number", "form")}
        values |= {"theme": row["theme"] or "", "group_id": group.pk if group else None}
        return values | {"starts_on": day(row["starts_on"]), "ends_on": day(row["ends_on"])}

    def _make_room(self, rows: list[tuple[str, dict[str, Any]]]) -> None:
        """Meetings that change numbers with each other must not meet on the way."""
        numbered = ("kind", "number", "group_id")
        stored = [(self.meetings[key], values) for key, values in rows if key in self.meetings]
        moved = [row for row, values in stored if any(getattr(row, name) != values[name] for name in numbered)]
        if len(moved) > 1:
            for place, meeting in enumerate(moved):
                self.writer.change(meeting, {"number": LARGEST - place})

    def _assessments(self) -> None:
        rows = Assessment.objects.by_plan_of(self.cohort).select_related("participation", "meeting")
        stored: dict[tuple[int, str | None, str | None], Assessment] = {}
        for assessment in rows.prefetch_related("scores").order_by("-pk"):
            meeting = assessment.meeting.key if assessment.meeting else None
            on = assessment.submitted_on.isoformat() if assessment.submitted_on and not meeting else None
            stored[assessment.participation_id, meeting, on] = assessment
        for index, row in enumerate(self.document["assessments"]):
            person = self.people[row["organisation"]]
            found = stored.get((person.pk, *natural_key(row)[1:]))
            self._assessment(f"$.assessments[{index}]", row, person, found)

    def _assessment(self, path: str, row: dict[str, Any], person: Participation, stored: Assessment | None) -> None:
        values = {"state": row["status"], "submitted_on": day(row["submitted_on"]), "assessors": row["assessors"]}
        scores = {score.item_id: score for score in stored.scores.all()} if stored else {}
        wanted = self._scores(row, scores)
        if stored and stored.is_submitted and not self.replace:
            self._refuse_change(path, row, differing(stored, values), scores, wanted)
        meeting = self.meetings[row["meeting"]] if row["meeting"] else None
        was_draft = stored is not None and stored.is_draft
        assessment = self.writer.put(
            Assessment, stored, {"participation": person, "meeting": meeting, **self.scale}, values
        )
        if was_draft and assessment.is_submitted:
            self.handed_in.append(assessment)
        for key, score in wanted.items():
            item = self.version.items[key]
            self.writer.put_later(Score, scores.get(item.pk), {"assessment": assessment, "item": item}, score)

    def _scores(self, row: dict[str, Any], stored: dict[int, Score]) -> dict[str, dict[str, Any]]:
        """What the package says of each moment; of one that it does not name, only that nothing is told of it."""
        wanted: dict[str, dict[str, Any]] = {}
        named = row["scores"].keys() | row["comments"].keys() | set(row["glad_to_tell"])
        for key, item in self.version.items.items():
            if key not in named and item.pk not in stored:
                continue
            wanted[key] = {"glad_to_tell": key in row["glad_to_tell"]}
            if row["status"] == AssessmentState.SUBMITTED:
                wanted[key]["agreed"] = True
            if key in row["scores"]:
                wanted[key]["value"] = Decimal(row["scores"][key])
            if key in row["comments"]:
                note = row["comments"][key]
                wanted[key] |= {"comment": note["text"] or "", "shared": note["shared"]}
        return wanted

    def _refuse_change(
        self,
        path: str,
        row: dict[str, Any],
        changes: dict[str, Any],
        scores: dict[int, Score],
        wanted: dict[str, dict[str, Any]],
    ) -> None:
        """A submitted assessment is its organisation's word: only `--replace` changes it."""
        expected = "as submitted and stored, which only --replace changes"
        for name in changes:
            name = "status" if name == "state" else name
            raise Malformed(f"{path}.{name}", expected, shown(row[name]))
        for key, values in wanted.items():
            for name in differing(scores.get(self.version.items[key].pk), values):
                part = {"value": "scores", "glad_to_tell": "glad_to_tell"}.get(name, "comments")
                where = f"{path}.{part}" if part == "glad_to_tell" else step_into(f"{path}.{part}", key)
                raise Malformed(where, expected, shown(row[part] if part == "glad_to_tell" else row[part].get(key)))

    def _work(self, model: Any, name: str, parts: Any) -> None:
        rows = self.document[name]
        mine = {"participation__cohort": self.cohort}
        stored = {(work.participation_id, work.title): work for work in model.objects.filter(**mine)}
        keys = [(self.people[row["organisation"]], row["title"]) for row in rows]
        order = self._places(model, [stored.get((person.pk, title)) for person, title in keys], **mine)
        for row, (person, title), place in zip(rows, keys, order, strict=True):
            item = self.version.items[row["item"]] if row["item"] else None
            values = {"item_id": item.pk if item else None, "shared": row["shared"], "position": place}
            if model is Effort:
                values["example"] = row["example"]
            else:
                lender = self.people[row["borrowed_from"]] if row["borrowed_from"] else None
                values["borrowed_from_id"] = lender.organisation_id if lender else None
            key = {"participation": person, "title": title}
            parts(self.writer.put(model, stored.get((person.pk, title)), key, values), row)

    def _steps(self, effort: Effort, row: dict[str, Any]) -> None:
        stored = {step.stage: step for step in effort.steps.all()}
        for step in row["steps"]:
            values = {name: step[name] for name in ("state", "year", "text")}
            key = {"effort": effort, "stage": step["stage"]}
            self.writer.put_later(EffortStep, stored.get(step["stage"]), key, values)

    def _cycles(self, work: Improvement, row: dict[str, Any]) -> None:
        stored = {cycle.number: cycle for cycle in work.cycles.all()}
        for number, cycle in enumerate(row["cycles"], start=1):
            values = {name: cycle[name] for name in ("plan", "do", "study", "act")}
            values["decision"] = cycle["decision"] or ""
            self.writer.put_later(Cycle, stored.get(number), {"improvement": work, "number": number}, values)

    def _reports(self) -> None:
        reports = Report.objects.filter(participation__cohort=self.cohort).prefetch_related("texts")
        stored = {report.participation_id: report for report in reports}
        for row in self.document["reports"]:
            person = self.people[row["organisation"]]
            values = {"state": row["status"], "approved_on": day(row["approved_on"])}
            report = self.writer.put(Report, stored.get(person.pk), {"participation": person}, values)
            texts = {text.key: text for text in report.texts.all()}
            for key, note in row["sections"].items():
                values = {"text": note["text"] or "", "shared": note["shared"]}
                self.writer.put_later(ReportSection, texts.get(key), {"report": report, "key": key}, values)
