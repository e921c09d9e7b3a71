"""What the rows that version 2 added must be to the others."""

from collections.abc import Iterator
from typing import Any

from programme.exchange.facts import Facts, Version
from programme.exchange.meaning import Meaning, in_order, known, once
from programme.exchange.parsing import Malformed, shown


def check_meaning(document: dict[str, Any], facts: Facts) -> None:
    """Raise `Malformed` at the first row that breaks a rule."""
    (Meaning if document["version"] == 1 else ProcessMeaning)(document, facts).check()


class ProcessMeaning(Meaning):
    def check(self) -> None:
        super().check()
        self._outcomes()
        self._periods()

    def _cohort(self) -> Version:
        version, path, cohort = super()._cohort(), "$.cohort", self.cohort
        opens, closes = cohort["interest_opens_on"], cohort["interest_closes_on"]
        if opens and closes:
            in_order(f"{path}.interest_closes_on", f"a day not before {opens}", opens, closes)
        if cohort["group_max"] < cohort["group_min"]:
            raise Malformed(
                f"{path}.group_max", f"at least group_min {cohort['group_min']}", shown(cohort["group_max"])
            )
        if cohort["part_checklist"] is not None:
            expected = "the key of a checklist, or null"
            known(f"{path}.part_checklist", cohort["part_checklist"], self.facts.versions, expected)
        return version

    def _participants(self) -> None:
        super()._participants()
        first, last = self.cohort["starts_on"], self.cohort["ends_on"]
        for path, row in self.rows("participants"):
            if row["joined_on"] is not None:
                in_order(f"{path}.joined_on", "a day within the omgång", first, row["joined_on"], last)

    def _meetings(self) -> None:
        super()._meetings()
        for path, row in self.rows("meetings"):
            if row["host"] is not None:
                self._person(f"{path}.host", row["host"])
            self._meeting(f"{path}.hangs_on", row["hangs_on"])
            if row["hangs_on"] == row["key"]:
                raise Malformed(f"{path}.hangs_on", "another meeting, or null", shown(row["key"]))

    def _meeting(self, path: str, key: str | None) -> None:
        if key is not None:
            known(path, key, self.meetings, "the key of a meeting, or null")

    def _outcomes(self) -> None:
        for name in ("agreements", "impressions", "takeaways", "links"):
            for path, row in self._of_meetings(name):
                if row["organisation"] is not None:
                    self._person(f"{path}.organisation", row["organisation"])
        work = {(row["organisation"], row["title"]) for row in self.document["improvements"]}
        for path, row in self._of_meetings("takeaways"):
            self._person(f"{path}.source", row["source"])
            if row["source"] == row["organisation"]:
                raise Malformed(f"{path}.source", "another organisation", shown(row["source"]))
            if row["improvement"] is not None and (row["organisation"], row["improvement"]) not in work:
                expected = "the title of an improvement of the organisation, or null"
                raise Malformed(f"{path}.improvement", expected, shown(row["improvement"]))
        became = (
            (f"{path}.improvement", row["improvement"], (row["organisation"], row["improvement"]))
            for path, row in self._of_meetings("takeaways")
            if row["improvement"] is not None
        )
        once(became, "each improvement of an organisation")

    def _of_meetings(self, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for path, meeting in self.rows("meetings"):
            for index, row in enumerate(meeting[name]):
                yield f"{path}.{name}[{index}]", row

    def _periods(self) -> None:
        for path, row in self.rows("periods"):
            self._meeting(f"{path}.after", row["after"])
            self._meeting(f"{path}.before", row["before"])
        reporting = ((f"{path}.is_reporting", "true") for path, row in self.rows("periods") if row["is_reporting"])
        for path, _ in list(reporting)[1:]:
            raise Malformed(path, "one period in which the report is written", "another")
