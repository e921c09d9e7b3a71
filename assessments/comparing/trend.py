"""The picture of one item over time: one run for each version, and for each item that was merged or split."""

from assessments.comparing.history import ItemHistory, Point, Stretch
from kit.pictures import Trend, TrendPoint, TrendRun
from kit.templatetags.swedish import mean


def trend_of(history: ItemHistory) -> Trend:
    stretches = [*(stretch for past in reversed(history.past) for stretch in past.stretches), history.now]
    before = [None, *stretches[:-1]]
    return Trend(
        key=f"trend-{history.item.pk}",
        title=f"Moment {history.item.number}, {history.item.short}, över tid",
        words=_in_words(stretches, has_past=bool(history.past)),
        runs=tuple(_run(stretch, earlier, history) for earlier, stretch in zip(before, stretches, strict=True)),
    )


def _run(stretch: Stretch, before: Stretch | None, history: ItemHistory) -> TrendRun:
    version = stretch.version
    return TrendRun(
        heading=f"{version.checklist.year} års version",
        name=f"Moment {stretch.item.number}",
        highest=version.highest_step,
        points=tuple(TrendPoint(_year(point), point.row.now) for point in stretch.points),
        breaks=before is not None and before.version.checklist.pk != version.checklist.pk,
        # An aim looks ahead, so only the last occasion of the newest version has one to show.
        aim=stretch.points[-1].row.aim if stretch is history.now else None,
    )


def _in_words(stretches: list[Stretch], *, has_past: bool) -> str:
    sentences = [f"{_name(stretch)}: {_values_in_words(stretch)}." for stretch in stretches]
    return " ".join([*sentences, "Linjen bryts där versionen byts."] if has_past else sentences)


def _name(stretch: Stretch) -> str:
    version = stretch.version
    return f"{version.name}, moment {stretch.item.number}, skala 1 till {version.highest_step}"


def _values_in_words(stretch: Stretch) -> str:
    values = ("inte skattad" if point.row.now is None else mean(point.row.now) for point in stretch.points)
    return ", ".join(f"{value} ({_year(point)})" for value, point in zip(values, stretch.points, strict=True))


def _year(point: Point) -> str:
    when = point.occasion.assessment.dated_on
    return str(when.year) if when else ""
