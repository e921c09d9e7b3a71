"""Packages of versions 2 and 3 in which every key that the version added says something."""

import json
from typing import Any

from django.conf import settings

from exchange import schema
from kit.pdf import Cover
from kit.pictures import PictureTable
from kit.rich import document_of, stored
from reports.content import JointContent, OrganisationContent, ReportContent
from reports.content.base import EffortPart, StepPart
from reports.content.frozen import checksum_of, freeze
from reports.content.organisation import AboutLine, CyclePart, ImprovementPart, OwnText

RUNNING = settings.DATA_DIR / "demo/pagaende.json"


def written(typed: str, *, shared: bool) -> dict[str, Any]:
    """A section of a result report, typed as Markdown."""
    text, structure = stored(document_of(typed))
    quote = {"text": text, "function": "manager", "consented_on": "2026-05-03", "withdrawn_on": "2026-05-04"}
    return {"text": text, "shared": shared, "structure": structure, "quotes": [quote] if shared else []}


def quiet_version_2() -> dict[str, Any]:
    """The running omgång as version 2, with nothing said in what was added."""
    return schema.in_version(json.loads(RUNNING.read_text(encoding="utf-8")), 2)


def version_2() -> dict[str, Any]:
    document = quiet_version_2()
    document["cohort"] |= {
        "mentor_model": "by_theme",
        "mentor_hours": 10,
        "group_min": 3,
        "group_max": 4,
        "fee": 45000,
        "interest_opens_on": "2025-09-01",
        "interest_closes_on": "2025-10-15",
        "board_meets_on": "2025-11-10",
        "extended_from": "2027-06-30",
        "title_rule": "self_assessment",
        "part_checklist": "skr-2023-namnd",
        "letter": {"introduction": "Välkomna.", "closing": None},
    }
    people = {row["organisation"]: row for row in document["participants"]}
    people["9901"] |= {
        "joined_on": "2026-03-01",
        "both_sides": False,
        "decisions": [
            {
                "kind": "entry",
                "body": "Kommunfullmäktige",
                "decided_on": "2025-10-01",
                "paragraph": "§ 112",
                "diary_number": "KS 2025/31",
                "text": "Kommunen deltar.",
                "cemr": True,
            },
            {
                "kind": "entry",
                "body": "Kommunfullmäktige",
                "decided_on": "2025-10-01",
                "paragraph": "§ 113",
                "diary_number": None,
                "text": None,
                "cemr": None,
            },
        ],
        "title": {
            "rule": "self_assessment",
            "given": True,
            "decided_on": "2027-06-09",
            "decided_by": "Styrgruppen",
            "note": "Alla moment är på väg.",
        },
    }
    people["93"] |= {
        "capacity": 2,
        "thanked_on": "2027-06-10",
        "mentor_offer": {
            "answer": "later",
            "not_before": "2028-01-01",
            "tells_about": "Budget.",
            "said_on": "2027-05-02",
        },
        "mentor_agreement": {"agreed_on": "2026-01-20", "hours": 40, "note": "Gärna digitalt."},
    }
    people["90"] |= {"status": "withdrawn", "withdrawn_on": "2027-01-31"}
    document["periods"] = [
        {
            "after": None,
            "before": "learning-1",
            "name": "Arbete hemma",
            "goals": "Ni prövar.",
            "is_reporting": False,
            "due_before": 0,
        },
        {
            "after": "learning-3",
            "before": "conference-1",
            "name": "Rapporten",
            "goals": None,
            "is_reporting": True,
            "due_before": 14,
        },
    ]
    meetings = {row["key"]: row for row in document["meetings"]}
    meetings["strategist-2"] |= {"hangs_on": "learning-2", "cancelled_on": "2026-08-01"}
    meetings["learning-1"] |= _learning()
    return document


def _learning() -> dict[str, Any]:
    point = {
        "day": 2,
        "position": 0,
        "starts_at": "08:30",
        "title": "Samtal",
        "minutes": 45,
        "whose": "guest",
        "text": "Om mål.",
    }
    return {
        "starts_at": "09:00",
        "ends_at": "16:30:15",
        "place": "Stadshuset",
        "link": "https://moten.example/rum",
        "goals": "Ni går hem med ett nästa steg.",
        "documentation": "Vi talade om mål.",
        "opens_before": 30,
        "due_before": 5,
        "present_before": 4,
        "invite_before": 21,
        "has_presentations": True,
        "host": "99",
        "agenda": [{**point, "part": "politician"}, {**point, "part": "manager"}],
        "preparations": [
            {
                "function": "manager",
                "text": "Läs rapporten.",
                "url": "https://exempel.example/rapport",
                "days_before": 10,
            },
            {"function": None, "text": "Läs rapporten.", "url": None, "days_before": 20},
        ],
        "host_tasks": [
            {"phase": "before", "text": "Boka lokal", "done_on": "2026-03-01"},
            {"phase": "after", "text": "Tacka", "done_on": None},
        ],
        "agreements": [
            {
                "organisation": None,
                "function": "strategist",
                "text": "Vi ses.",
                "due_on": "2026-06-01",
                "done_on": "2026-05-30",
            },
            {"organisation": "99", "function": None, "text": "Vi mäter.", "due_on": None, "done_on": None},
        ],
        "impressions": [
            {"organisation": "99", "kind": "plus", "text": "Gott om tid."},
            {"organisation": "99", "kind": "plus", "text": "Gott om tid."},
        ],
        "takeaways": [
            {
                "organisation": "99",
                "source": "90",
                "improvement": "Tre mått för kvinnor och män",
                "text": "Deras tre mått.",
            },
            {"organisation": "90", "source": "93", "improvement": None, "text": "En kort mall."},
        ],
        "links": [
            {"organisation": "99", "kind": "presentation", "title": "Vår bild", "url": "https://exempel.example/bild"},
            {"organisation": None, "kind": "material", "title": "Om mål", "url": "https://exempel.example/mal"},
        ],
    }


def improvement_of_version_3() -> dict[str, Any]:
    return {
        "state": "ended",
        "aim": "Lika lång väntetid.",
        "problem": "Kvinnor väntar längre.",
        "starting_point": "Fyra dagar längre.",
        "target": "Högst en dag.",
        "aim_on": "2027-12-31",
        **dict.fromkeys(("women", "men", "girls", "boys"), True),
        "whom": "I smärtvården.",
        "measure": "Fem remisser i veckan.",
        "indicators": ["sjukfranvaro", "vantetid"],
        "analysis": "Väntan till första besök",
        "begins_on": "2026-03-01",
        "ends_on": "2027-12-31",
        "learnt": "Två bedömare räcker inte.",
        "ideas": [{"text": "Bedöm utan uppgift om kön."}, {"text": "Fråga alla om smärta."}],
        "goals": [5, 6],
        "articles": ["9"],
        "tags": ["smärtvård"],
    }


def version_3() -> dict[str, Any]:
    """The running omgång with a published report that is being corrected, and SKR's joint report."""
    document = schema.in_version(version_2(), 3)
    document["cohort"]["letter"]["contacts"] = "Karin, Kommunikationsstrateg, karin@skr.invalid"
    document["cohort"]["letter"]["paragraphs"] = {"purpose": "Arbetet ska märkas.", "deeper": ""}
    document["cohort"]["chapters"] = [
        {"key": "introduction", "heading": "Inledning", "kind": "introduction"},
        {"key": "results", "heading": "Det har hänt", "kind": "results"},
        {"key": "egna_ord", "heading": "Egna ord", "kind": "text"},
    ]
    people = {row["organisation"]: row for row in document["participants"]}
    people["9901"]["reported"] = people["99"]["reported"] = True
    work = next(row for row in document["improvements"] if row["borrowed_from"] and row["organisation"] == "99")
    work |= {"public": True, "lender_agrees": True, **improvement_of_version_3()}
    work["cycles"][0] |= {
        "scale": "Fem remisser.",
        "prediction": "Alla får samma prioritet.",
        "begins_on": "2026-03-09",
        "ends_on": "2026-03-13",
        "measured": "Hur många av de fem som bedöms lika.",
        "idea": "Fråga alla om smärta.",
    }
    theirs = (row for row in document["efforts"] if row["organisation"] == "99")
    effort = next(row for row in theirs if row["shared"] and len(row["steps"]) > 1)
    effort |= {"public": True, "goals": [5], "articles": ["14", "Klimatförändring"], "tags": ["Agenda 2030, mål 5"]}
    effort["improvement"] = work["title"]
    effort["steps"][0] |= {
        "state": "partly", "part": "Två av fem enheter", "month": 3, "day": 14, "led_here": "En kartläggning.",
        "noticed": True, "noticed_how": "Kortare väntan.", "goal": 5, "whom": ["women"], "group": "Äldre",
        "link": "https://exempel.example/uppfoljning", "said_on": "2026-03-20",
        "indicator": "vantetid", "decision": 1,
    }  # fmt: skip
    effort["past"] = [{**effort["steps"][0], "state": "under_way", "part": None, "replaced_on": "2026-03-20"}]
    effort["past"].append({**effort["steps"][0], "text": "Mätte varje vecka.", "replaced_on": "2026-03-21"})
    decisions = next(row["decisions"] for row in people.values() if row["decisions"])
    decisions[0] |= {"goals": [1], "articles": ["1"], "tags": ["barnrätt"]}
    people["99"]["decisions"] = [{**people["9901"]["decisions"][0], "goals": [], "articles": [], "tags": []}]
    people["99"]["placements"] = [
        {"occasion": "start", "stage": "activity", "reason": "Vi har just börjat.", "placed_on": "2026-02-01"}
    ]
    document["cohort"]["sections"][0] |= {
        "kind": "stages",
        "asks": "Vad ville ni nå?",
        "example": "Vi ville mäta.",
        "wanted_words": 120,
        "required": True,
    }
    people["99"]["result_answers"] = [
        {
            "result": document["cohort"]["expected_results"][0]["key"],
            "judgement": "partly",
            "text": "Två enheter av fem.",
            "efforts": [effort["title"]],
            "indicators": ["sjukfranvaro", "vantetid"],
            "decisions": [1],
        }
    ]
    people["99"]["own_goals"] = [
        {
            "goal": "Alla nämnder frågar om kön.",
            "judgement": "reached",
            "text": "Alla fem gör det.",
            "origin": "interest",
            "set_on": "2025-10-10",
            "efforts": [effort["title"]],
            "indicators": ["vantetid"],
            "decisions": [1],
        },
        {
            "goal": "Statistiken används.",
            "judgement": None,
            "text": None,
            "origin": "later",
            "set_on": "2026-03-01",
            "efforts": [],
            "indicators": [],
            "decisions": [],
        },
    ]
    document["reports"] = [
        {
            "organisation": "9901",
            "status": "draft",
            "approved_on": None,
            "sections": {
                "purpose": written("Vi ville **se** vem som frågar om vad.", shared=True),
                "purpose--product": written("En mall.", shared=True),
            },
            "with_values": True,
            "with_comments": True,
            "with_results": True,
            "reason": "Antalet utbildade var 140.",
            "editions": [edition(own_content(), approved_on="2026-05-03", approved_as="politician")],
        },
        {
            "organisation": "99",
            "status": "submitted",
            "approved_on": None,
            "sections": {"purpose": written("Vi ville mäta.", shared=False)},
            "with_values": False,
            "with_comments": False,
            "with_results": False,
            "reason": None,
            "editions": [],
        },
    ]
    document["analyses"] = [
        {
            "organisation": "99",
            "title": "Väntan till första besök",
            "starting_point": "Nämndens uppdrag.",
            "information": "Kvinnor väntar längre.",
            "focus": "Första besöket.",
            **{f"why_{number}": f"Svar {number}." for number in range(1, 6)},
            "conclusions": "Mallen styr.",
            "proposals": "Samma frågor till alla.",
            "indicators": [],
            "signed_function": "manager",
            "signed_on": "2026-05-01",
            "shared": True,
        },
    ]
    begun = dict.fromkeys(document["analyses"][0], "")
    unsigned = {"indicators": [], "signed_function": None, "signed_on": None, "shared": False}
    document["analyses"].append({**begun, "organisation": "99", "title": "Vilka som kommer", **unsigned})
    document["joint_report"] = {
        "status": "draft",
        "texts": {
            "introduction": {
                "text": "Nio kommuner har deltagit.",
                "structure": document_of("Nio *kommuner* har deltagit.").as_json(),
                "owner": "skr",
                "state": "review",
                "taken_in": [
                    {
                        "kind": "quote",
                        "organisation": "99",
                        "place": "purpose",
                        "words": "Vi ville […] mäta.",
                        "original": "Vi ville alltid mäta.",
                        "credit": "Provby kommun, politiker",
                        "taken_on": "2026-05-20",
                    },
                    {
                        "kind": "evaluator",
                        "organisation": None,
                        "place": "observation",
                        "words": "Tre grupper jämförde.",
                        "original": "Tre grupper jämförde.",
                        "credit": "Utvärderaren, observation 1 april 2026",
                        "taken_on": "2026-05-21",
                    },
                ],
            },
            "results--moment-3": {
                "text": "Fler vågar fråga.",
                "structure": None,
                "owner": "evaluator",
                "state": "done",
                "taken_in": [],
            },
        },
        "row_order": "then",
        "isbn": "978-91-7585-999-6",
        "responsible": "Projektledare: SKR",
        "information": "Frågor besvaras av SKR.",
        "audience": "Politiker",
        "figures_as": "words",
        "compiled_from": "2026-06-01",
        "reason": "Ett namn är fel.",
        "editions": [edition(joint_content(), interim_after=None, reason="Ett datum var fel.")],
    }
    document["indicators"] = [
        {
            "organisation": "99",
            "key": "vantetid",
            "title": "Väntetid till första besök",
            "definition": "Dagar från remiss till besök.",
            "says": "väntar längre",
            "unit": "dagar",
            "direction": "lower",
            "kind": "mean",
            "source": "own",
            "original_source": "Vårddata",
            "key_figure": None,
            "frequency": "half",
            "whom": "children",
            "age_group": "7–16 år",
            "baseline": "2025-H1",
            "target_women": "40",
            "target_men": "40.5",
            "target_gap": "1",
            "target_on": "2027-12-31",
            "item": "follow_up",
            "fewest_people": 10,
            "shared": True,
            "values": [
                {
                    "period": "2025-H1",
                    "unit": "veckor",
                    "women": "51",
                    "men": "42.5",
                    "total": "47",
                    "women_numerator": "510",
                    "women_denominator": "10",
                    "men_numerator": "425",
                    "men_denominator": "10",
                    "note": "Nytt system.",
                }
            ],
            "decisions": [1],
            "goals": [5],
            "articles": ["14"],
            "tags": ["väntetid"],
        },
        {
            "organisation": "99",
            "key": "sjukfranvaro",
            "title": "Sjukfrånvaro",
            "definition": None,
            "says": None,
            "unit": "procent",
            "direction": "lower",
            "kind": "share",
            "source": "kolada",
            "original_source": None,
            "key_figure": "N00090",
            "frequency": "year",
            "whom": "adults",
            "age_group": None,
            "baseline": None,
            "target_women": None,
            "target_men": None,
            "target_gap": None,
            "target_on": None,
            "item": None,
            "fewest_people": 5,
            "shared": False,
            "values": [],
            "decisions": [],
            "goals": [],
            "articles": [],
            "tags": [],
        },
    ]
    return evaluated(document)


def evaluated(document: dict[str, Any]) -> dict[str, Any]:
    """Add what the evaluator has marked for the joint report, judgements of goals, and advice with SKR's answer."""
    people = {row["organisation"]: row for row in document["participants"]}
    people["99"]["advice"] = [
        {"tag": "time", "text": "Mer tid mellan träffarna."},
        {"tag": "scale", "text": "Fyra steg räcker."},
    ]
    result = document["cohort"]["expected_results"][0]["key"]
    judged = {"judged_by": "evaluator", "assessment": "partly", "basis": "Rapporterna och intervjuerna."}
    return document | {
        "observations": [
            {"meeting": "learning-1", "item": "follow_up", "seen_on": "2026-05-02", "text": "Alla talade om mått."},
            {"meeting": None, "item": None, "seen_on": "2026-05-03", "text": "Cheferna frågade mer."},
        ],
        "interviews": [
            {
                "organisation": "99",
                "function": "strategist",
                "title": None,
                "people": 2,
                "interviewed_on": "2026-05-04",
                "form": "video",
            },
            {
                "organisation": None,
                "function": None,
                "title": "processledare",
                "people": 1,
                "interviewed_on": "2026-05-05",
                "form": "phone",
            },
        ],
        "evaluator_quotes": [{"text": "Nu frågar nämnden.", "function": "regionråd"}],
        "programme_goals": [{"text": "Det finns indikatorer."}, {"text": "Fler blir mentorer."}],
        "judgements": [
            {"result": result, "goal": None, **judged},
            {"result": None, "goal": "Fler blir mentorer.", **judged, "judged_by": "skr"},
        ],
        "advice_answers": [{"tag": "time", "text": "Vi lägger in en månad till.", "changes": True}],
    }


def edition(content: ReportContent, **changes: object) -> dict[str, Any]:
    frozen = freeze(content)
    return {
        "number": 1,
        "frozen_on": "2026-05-02",
        "content": frozen,
        "checksum": checksum_of(frozen),
        "reason": None,
        "approved_on": None,
        "approved_as": None,
        "published_on": "2026-05-04",
        **changes,
    }


def own_content() -> OrganisationContent:
    text = OwnText("avsnitt-purpose", "Syfte och mål", "Vi ville se vem som frågar.", "purpose", shared=True)
    return OrganisationContent(
        cover=Cover("Resultatrapport – Klarvik", "Omgången", ("Klarvik",), demonstration=True),
        organisation="Klarvik",
        sections=(text,),
        values=None,
        efforts=(
            EffortPart(
                "Simhallens tider", "Klarvik", "Analys", (StepPart("Aktivitet, nått 2026", "Mätte.", "activity"),)
            ),
        ),
        improvements=(ImprovementPart("Tre mått", "", (CyclePart(1, (AboutLine("Planera", "Pröva."),)),)),),
        provenance="Påhittat.",
    )


def joint_content() -> JointContent:
    return JointContent(
        cover=Cover("Gemensam resultatrapport", "Omgången", ("SKR",), demonstration=True),
        introduction=("Nio kommuner har deltagit.",),
        conclusions=(),
        expected=("Fler frågar.",),
        desirable=(),
        taking_part="Nio organisationer har deltagit.",
        participants=PictureTable("Deltagare", ("Deltagare", "Grupp"), (("Klarvik", "Kust"),)),
        mentors=None,
        checklist="Tio moment.",
        kinds=(),
        chain=(PictureTable("Kommuner", ("Steg", "Andel"), (("Aktivitet", "Alla"),)),),
        moments=(),
        sections=(),
        provenance="Påhittat.",
    )
