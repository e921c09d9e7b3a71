"""One of each picture, as the tests of pictures and of PDF draw them."""

from decimal import Decimal

from kit.pictures import (
    ChainStage,
    Chevrons,
    Dumbbell,
    DumbbellRow,
    GapMark,
    GapPicture,
    GapPoint,
    GapTarget,
    Neighbour,
    PictureTable,
    RangeAndMean,
    ScaleStep,
    Strip,
    StripRow,
)

STEPS = (ScaleStep(1, "Inte påbörjat"), ScaleStep(2, "Behöver utvecklas"), ScaleStep(3, "Det finns"))
FOUR_STEPS = (
    ScaleStep(1, "Inte alls"),
    ScaleStep(2, "I liten grad"),
    ScaleStep(3, "Till stor del"),
    ScaleStep(4, "Fullt ut"),
)
MOMENTS = (
    ("Politiskt beslut", "2.5", "3", True),
    ("Politiken efterfrågar resultat", "2", "2.5", True),
    ("Högsta cheferna genomför", "2", "2", False),
    ("Kompetens", "2.5", "2", False),
    ("Mål, budget och styrdokument", "2", "2", True),
    ("Könsuppdelad statistik", "1.5", "2", False),
    ("Konsekvenser i beslutsunderlag", None, "2", False),
    ("Resultat i uppföljningen", "1", "1.5", False),
    ("Hållbara förbättringar", "1.5", "2.5", False),
    ("Kan överföras", "2", None, False),
)


def decimal(text: str | int | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def dumbbell(key: str = "rorelse") -> Dumbbell:
    rows = tuple(
        DumbbellRow(number, label, decimal(before), decimal(now), marked)
        for number, (label, before, now, marked) in enumerate(MOMENTS, 1)
    )
    return Dumbbell(
        key=key,
        title="Från oktober 2019 till november 2020",
        rows=rows,
        steps=STEPS,
        before_label="oktober 2019",
        now_label="november 2020",
    )


def strip(key: str = "jamforelse") -> Strip:
    return Strip(
        key=key,
        title="Region Granvik bland omgångens organisationer",
        rows=tuple(strip_row(number, *moment[:1], decimal(moment[2])) for number, moment in enumerate(MOMENTS, 1)),
        steps=FOUR_STEPS,
        own_label="Region Granvik",
    )


def strip_row(number: int, label: str, own: Decimal | None) -> StripRow:
    """The sixth moment has no aggregate that may be shown, the first three have the group's values."""
    cohort = None if number == 6 else RangeAndMean(Decimal("2.3"), 8, Decimal("1.5"), Decimal("3.5"))
    values = (Decimal(2), Decimal(2), Decimal("3.5"), None)
    group = tuple(Neighbour(f"Kommun {letter}", value) for letter, value in zip("ABCD", values, strict=True))
    return StripRow(number, label, own, cohort, group if number <= 3 else ())


def chevrons(key: str = "kedja") -> Chevrons:
    stages = (
        ChainStage("Aktivitet", 6, 2),
        ChainStage("Ny eller ändrad produkt", 5),
        ChainStage("Nytt eller ändrat arbetssätt", 3, 4),
        ChainStage("Nytt eller ändrat utfall", None, 1),
        ChainStage("Samhällseffekt", None),
    )
    return Chevrons(key=key, title="Insatser längs resultatkedjan", stages=stages)


def gap(key: str = "gapet") -> GapPicture:
    """Eight years, one without values, with targets and two marks."""
    pairs = ((51, 42), (52, 42), (50, 43), (None, None), (51, 44), (50, 45), (51, 46), (51, 47))
    points = tuple(
        GapPoint(str(year), decimal(women), decimal(men), f"{women} dagar", f"{men} dagar", told_gap(women, men))
        for year, (women, men) in enumerate(pairs, 2018)
    )
    rows = tuple((point.label, point.first_text, point.second_text, point.gap_text) for point in points)
    return GapPicture(
        key=key,
        title="Väntetid till första besök, kvinnor och män",
        points=points,
        first_name="Kvinnor",
        second_name="Män",
        gap_name="Skillnaden i dagar, kvinnor minus män",
        words="Kvinnor väntar fyra dagar längre än män.",
        values=PictureTable("Väntetid till första besök", ("Period", "Kvinnor", "Män", "Skillnad"), rows),
        first_target=GapTarget(Decimal(40), "Mål 40"),
        second_target=GapTarget(Decimal(40), "Mål 40"),
        gap_target=GapTarget(Decimal(1), "Mål högst 1"),
        marks=(GapMark(1, 4.3, "Beslut"), GapMark(2, 5.8, "Fler kvällstider")),
    )


def told_gap(women: int | None, men: int | None) -> str:
    return "" if women is None or men is None else f"{women - men} dagar"


def pictures() -> tuple[Dumbbell, Strip, Chevrons, GapPicture]:
    return dumbbell(), strip(), chevrons(), gap()
