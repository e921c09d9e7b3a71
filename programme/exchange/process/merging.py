"""What version 2 added, onto what is stored: in a list without keys a row is the one that says the same."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import Any

from checklist.models import TitleDecision
from cohorts.models import MentorAgreement, MentorOffer, PoliticalDecision
from improvements.models import Improvement
from meetings.models import (
    AgendaItem,
    Agreement,
    HostTask,
    Impression,
    Material,
    Meeting,
    Period,
    Preparation,
    Takeaway,
)
from programme.exchange.merging import Merge
from programme.exchange.process import fields
from programme.exchange.rows import differing
from programme.exchange.shapes import Fields, read
from programme.models import Letter

Row = dict[str, Any]
# What a row of a list is known by; a row that has it already is changed, else it is a new one.
SAME: dict[Any, tuple[str, ...]] = {
    AgendaItem: ("day", "position", "part"),
    Preparation: ("function", "text"),
    HostTask: ("phase", "text"),
    Agreement: ("participation_id", "function", "text"),
    Impression: ("participation_id", "kind", "text"),
    Takeaway: ("participation_id", "source_id", "text"),
    Material: ("participation_id", "kind", "title"),
    PoliticalDecision: ("kind", "body", "decided_on"),
    Period: ("name",),
}
ORDERED = (Preparation, HostTask, Agreement, Period)


class ProcessMerge(Merge):
    def _merge(self) -> None:
        super()._merge()
        self._letter()
        for row in self.document["participants"]:
            self._said(self.people[row["organisation"]], row)
        work = Improvement.objects.filter(participation__cohort=self.cohort)
        self.work = {(row.participation_id, row.title): row for row in work}
        for row in self.document["meetings"]:
            self._lists(self.meetings[row["key"]], row)
        self._list(Period, fields.PERIOD, self.document["periods"], {"cohort": self.cohort}, self._ends)

    def _cohort_values(self, row: Row) -> Row:
        return super()._cohort_values(row) | read(fields.COHORT_COLUMNS, row)

    def _plan_values(self, row: Row) -> Row:
        parts = self.facts.versions[row["part_checklist"]].checklist.pk if row["part_checklist"] else None
        return super()._plan_values(row) | {"title_rule": row["title_rule"], "part_checklist_id": parts}

    def _letter(self) -> None:
        self._one(Letter, fields.LETTER, self.document["cohort"]["letter"], {"cohort": self.cohort})

    def _one(self, model: Any, columns: Fields, row: Row | None, key: Row) -> None:
        if row is not None:
            self.writer.put_later(model, model.objects.filter(**key).first(), key, read(columns, row))

    def _participant(self, row: Row) -> Row:
        return super()._participant(row) | read(fields.PARTICIPANT_COLUMNS, row)

    def _said(self, person: Any, row: Row) -> None:
        key = {"participation": person}
        self._list(PoliticalDecision, fields.DECISION, row["decisions"], key)
        self._one(MentorOffer, fields.OFFER, row["mentor_offer"], key)
        self._one(MentorAgreement, fields.MENTOR_AGREEMENT, row["mentor_agreement"], key)
        self._one(TitleDecision, fields.TITLE, row["title"], key)

    def _meeting(self, row: Row) -> Row:
        host = self.people[row["host"]].pk if row["host"] else None
        return super()._meeting(row) | read(fields.MEETING_COLUMNS, row) | {"host_id": host}

    def _meetings(self) -> None:
        super()._meetings()
        for row in self.document["meetings"]:
            meeting, target = self.meetings[row["key"]], self._meeting_pk(row["hangs_on"])
            self.writer.change(meeting, differing(meeting, {"hangs_on_id": target}))

    def _meeting_pk(self, key: str | None) -> int | None:
        return self.meetings[key].pk if key else None

    def _lists(self, meeting: Meeting, row: Row) -> None:
        key = {"meeting": meeting}
        self._list(AgendaItem, fields.AGENDA, row["agenda"], key)
        self._list(Preparation, fields.PREPARATION, row["preparations"], key)
        self._list(HostTask, fields.HOST_TASK, row["host_tasks"], key)
        self._list(Agreement, fields.AGREEMENT, row["agreements"], key, self._whose)
        self._list(Impression, fields.IMPRESSION, row["impressions"], key, self._whose)
        ideas = self._list(Takeaway, fields.TAKEAWAY, row["takeaways"], key, self._idea)
        for idea, told in zip(ideas, row["takeaways"], strict=True):
            if told["improvement"] is not None:
                work = self.work[idea.participation_id, told["improvement"]]
                self.writer.change(work, differing(work, {"takeaway_id": idea.pk}))
        self._list(Material, fields.LINK, row["links"], key, self._whose, exclude={"url": ""})

    def _whose(self, row: Row) -> Row:
        return {"participation_id": self.people[row["organisation"]].pk if row["organisation"] else None}

    def _idea(self, row: Row) -> Row:
        return self._whose(row) | {"source_id": self.people[row["source"]].pk}

    def _ends(self, row: Row) -> Row:
        return {"after_id": self._meeting_pk(row["after"]), "before_id": self._meeting_pk(row["before"])}

    def _list(
        self,
        model: Any,
        columns: Fields,
        rows: list[Row],
        key: Row,
        refers: Callable[[Row], Row] = lambda row: {},
        exclude: Row | None = None,
    ) -> list[Any]:
        """Each row onto the stored one that it is the same as; what the package does not name stays."""
        values = [read(columns, row) | refers(row) for row in rows]
        there = model.objects.filter(**key).exclude(**exclude or {"pk": None}).order_by("pk") if rows else []
        stored = self._same(there, values, SAME[model])
        if model in ORDERED:
            for row, place in zip(values, self._places(model, stored, **key), strict=True):
                row["position"] = place
        return [self.writer.put(model, old, key, new) for old, new in zip(stored, values, strict=True)]

    @staticmethod
    def _same(there: Iterable[Any], rows: list[Row], names: tuple[str, ...]) -> list[Any]:
        """Of rows that say the same, the first is the first and the second the second."""
        known: defaultdict[Hashable, list[Any]] = defaultdict(list)
        for row in there:
            known[tuple(getattr(row, name) for name in names)].append(row)
        turn: Counter[Hashable] = Counter()
        found = []
        for values in rows:
            says = tuple(values[name] for name in names)
            found.append(known[says][turn[says]] if turn[says] < len(known[says]) else None)
            turn[says] += 1
        return found
