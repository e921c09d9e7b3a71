"""Figures, result reports, the joint report, builds."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page as Browser
from playwright.sync_api import expect

from bench import LARGE
from bench.pages import Page as Counted
from bench.pages import no_place, own, whole
from demo.days import NINE, SIX
from evaluation.models import Observation
from kit.enums import BuildState
from kit.rich import document_of, stored
from papers.models import MadePaper
from reports.content import content_of
from reports.models import (
    Build,
    ChapterText,
    JointReport,
    Report,
    ReportComment,
    ReportEdition,
    ReportReopening,
    ReportSection,
    SectionQuery,
)
from reports.printers import checksum_of
from tests.access import IN_COHORT, LEADERS, OWN, READERS, ROLES, SKR, WORKERS, Row, rest
from tests.browser.steps import Page, Scene, cohort, nowhere, of, press, refused, unfold
from tests.factories import frozen

DRAFT_READERS = ("process_leader", "evaluator")

ROWS: list[Row] = [
    Row("reports:empty_form", "version", ok=ROLES),
    Row("reports:paper", "draft_file", ok=OWN),
    Row("reports:paper", "submitted_file", ok=READERS),
    Row("reports:figures", "cohort", ok=("process_leader", "evaluator", *IN_COHORT), forbidden=("administrator",)),
    Row("reports:report", "organisation", ok=OWN, forbidden=rest(*OWN)),
    Row(
        "reports:report",
        "submitted_report",
        ok=(*OWN, "process_leader", "evaluator", "mentor"),
        forbidden=("administrator", "groupmate", "other"),
    ),
    Row("reports:section", "section", ok=WORKERS, forbidden=rest(*WORKERS)),
    Row("reports:section", "section", ok=WORKERS, forbidden=rest(*WORKERS), post=True),
    Row("reports:section_history", "section", ok=WORKERS, forbidden=rest(*WORKERS)),
    Row("reports:writers", "organisation", ok=("strategist",), forbidden=rest("strategist")),
    Row("reports:writers", "organisation", ok=("strategist",), forbidden=rest("strategist"), post=True),
    Row("reports:preview", "organisation", ok=WORKERS, forbidden=rest(*WORKERS)),
    Row("reports:settle_figure", "changed_figure", ok=WORKERS, forbidden=rest(*WORKERS), post=True),
    Row("reports:quotes", "section", ok=WORKERS, forbidden=rest(*WORKERS)),
    Row("reports:quotes", "section", ok=WORKERS, forbidden=rest(*WORKERS), post=True),
    Row("reports:go_to_quotes", "section", ok=WORKERS, forbidden=rest(*WORKERS), post=True),
    Row("reports:change_quote", "quote", ok=WORKERS, forbidden=LEADERS, post=True),
    Row("reports:section_comments", "written_section", ok=OWN, forbidden=rest(*OWN)),
    Row("reports:section_comments", "written_section", ok=OWN, forbidden=rest(*OWN), post=True),
    Row("reports:section_comments", "submitted_section", ok=OWN, forbidden=rest(*OWN)),
    Row("reports:change_section_comment", "section_comment", ok=OWN, forbidden=rest(*OWN), post=True),
    Row("reports:joint_comments", "written_chapter", ok=DRAFT_READERS, forbidden=rest(*DRAFT_READERS)),
    Row("reports:joint_comments", "written_chapter", ok=DRAFT_READERS, forbidden=rest(*DRAFT_READERS), post=True),
    Row(
        "reports:change_joint_comment",
        "chapter_comment",
        ok=DRAFT_READERS,
        forbidden=rest(*DRAFT_READERS),
        post=True,
    ),
    Row("reports:choose_public", "organisation", ok=WORKERS, forbidden=rest(*WORKERS)),
    Row("reports:submit", "organisation", ok=("strategist",), forbidden=rest("strategist")),
    Row("reports:submit", "organisation", ok=("strategist",), forbidden=rest("strategist"), post=True),
    Row("reports:take_back", "submitted_report", ok=("strategist",), forbidden=rest("strategist")),
    Row("reports:take_back", "submitted_report", ok=("strategist",), forbidden=rest("strategist"), post=True),
    Row("reports:approve", "submitted_report", ok=LEADERS, forbidden=rest(*LEADERS)),
    Row("reports:approve", "submitted_report", ok=LEADERS, forbidden=rest(*LEADERS), post=True),
    Row("reports:publish", "submitted_report", ok=("strategist",), forbidden=rest("strategist")),
    Row("reports:publish", "submitted_report", ok=("strategist",), forbidden=rest("strategist"), post=True),
    Row("reports:correct", "submitted_report", ok=("strategist",), forbidden=rest("strategist")),
    Row("reports:ask_query", "asked_section", ok=("process_leader",), forbidden=rest("process_leader")),
    Row("reports:answer_query", "section_query", ok=WORKERS, forbidden=(*LEADERS, "process_leader")),
    Row("reports:ask_reopening", "submitted_report", ok=("process_leader",), forbidden=rest("process_leader")),
    Row(
        "reports:answer_reopening",
        "report_reopening",
        ok=("strategist",),
        forbidden=("contributor", *LEADERS, "process_leader"),
        post=True,
    ),
    Row("reports:withdraw_reopening", "report_reopening", ok=("process_leader",), forbidden=OWN, post=True),
    Row("reports:board_paper", "organisation", ok=OWN, forbidden=rest(*OWN)),
    Row("reports:board_paper", "organisation", ok=("strategist",), forbidden=rest("strategist"), post=True),
    Row("reports:board_paper_make", "organisation", ok=WORKERS, forbidden=rest(*WORKERS), post=True),
    Row("reports:board_paper_file", "board_file", ok=OWN, forbidden=rest(*OWN)),
    Row("reports:order_report", "organisation", ok=OWN, forbidden=rest(*OWN), post=True),
    Row("reports:joint", "cohort", ok=(*SKR, "evaluator", *IN_COHORT)),
    Row("reports:joint_chapter", "chapter", ok=DRAFT_READERS, forbidden=rest(*DRAFT_READERS)),
    Row("reports:joint_chapter", "chapter", ok=("process_leader",), forbidden=rest("process_leader"), post=True),
    Row("reports:joint_chapter", "lessons", ok=DRAFT_READERS, forbidden=rest(*DRAFT_READERS), post=True),
    Row("reports:joint_part", "chapter_part", ok=DRAFT_READERS, forbidden=rest(*DRAFT_READERS)),
    Row("reports:joint_part", "chapter_part", ok=("process_leader",), forbidden=rest("process_leader"), post=True),
    Row("reports:shorten_source", "source", ok=("process_leader",), forbidden=rest("process_leader")),
    Row("reports:shorten_source", "source", ok=("process_leader",), forbidden=rest("process_leader"), post=True),
    Row("reports:joint_preview", "cohort", ok=DRAFT_READERS, forbidden=rest(*DRAFT_READERS)),
    Row("reports:joint_front", "cohort", ok=("process_leader",), forbidden=rest("process_leader")),
    Row("reports:joint_release", "cohort", ok=("process_leader",), forbidden=rest("process_leader")),
    Row("reports:joint_front", "cohort", ok=("process_leader",), forbidden=rest("process_leader"), post=True),
    Row("reports:order_joint", "cohort", ok=("process_leader",), forbidden=rest("process_leader"), post=True),
    Row("reports:compile_joint", "cohort", ok=("process_leader",), forbidden=rest("process_leader")),
    Row("reports:compile_joint", "cohort", ok=("process_leader",), forbidden=rest("process_leader"), post=True),
    Row("reports:publish_joint", "cohort", ok=("process_leader",), forbidden=rest("process_leader")),
    Row("reports:publish_joint", "cohort", ok=("process_leader",), forbidden=rest("process_leader"), post=True),
    Row("reports:publish_interim", "cohort", ok=("process_leader",), forbidden=rest("process_leader")),
    Row("reports:publish_interim", "cohort", ok=("process_leader",), forbidden=rest("process_leader"), post=True),
    Row("reports:correct_joint", "cohort", ok=("process_leader",), forbidden=rest("process_leader")),
    Row("reports:report_edition", "own_edition", ok=(*OWN, "process_leader", "evaluator", "mentor")),
    Row("reports:report_edition_chapter", "own_chapter", ok=(*OWN, "process_leader", "evaluator", "mentor")),
    Row("reports:report_edition_table", "own_table", ok=(*OWN, "process_leader", "evaluator", "mentor")),
    Row("reports:build", "build", ok=OWN),
    Row("reports:build", "joint_build", ok=("process_leader",)),
    Row("reports:build_again", "build", ok=OWN, post=True),
    Row("reports:build_file", "ready_build", ok=OWN),
]


PUBLIC: set[str] = {
    "reports:published",
    "reports:published_file",
    "reports:published_joint",
    "reports:published_report",
    "reports:joint_edition",
    "reports:published_joint_chapter",
    "reports:published_report_chapter",
    "reports:joint_edition_chapter",
    "reports:joint_edition_table",
}


def asked_section(world: Any) -> tuple[Any, ...]:
    frozen(world.report)
    return world.cohort.slug, world.own.code, "purpose"


def own_edition(world: Any) -> tuple[Any, ...]:
    return world.cohort.slug, world.own.code, frozen(world.report).number


def own_chapter(world: Any) -> tuple[Any, ...]:
    world.report.texts.get_or_create(key="purpose", defaults={"text": "Vi ville se."})
    return *own_edition(world), "avsnitt-purpose"


def own_table(world: Any) -> tuple[Any, ...]:
    world.report.with_values = True
    return *own_edition(world), "varden"


def changed_figure(world: Any) -> tuple[Any, ...]:
    document = document_of("Vi ligger på [7]{a.b}.")
    world.report.texts.get_or_create(
        key="purpose", defaults=dict(zip(("text", "structure"), stored(document), strict=True))
    )
    return world.cohort.slug, world.own.code, "purpose"


def a_source(world: Any) -> tuple[Any, ...]:
    seen = Observation.objects.create(cohort=world.cohort, seen_on=timezone.localdate(), text="Sett.", may_be_used=True)
    return world.cohort.slug, "preface", f"observation-{seen.pk}"


def a_quote(world: Any) -> tuple[Any, ...]:
    section = world.report.texts.get_or_create(key="purpose", defaults={"text": "Vi ville se."})[0]
    said = {"function": "politician", "consented_on": timezone.localdate()}
    return (section.quotes.get_or_create(text="Vi ville se.", defaults=said)[0].pk,)


def written_section(world: Any) -> tuple[Any, ...]:
    world.report.texts.get_or_create(key="purpose", defaults={"text": "Vi ville se."})
    return world.cohort.slug, world.own.code, "purpose"


def submitted_section(world: Any) -> tuple[Any, ...]:
    place = section_comment(world)[:-1]
    frozen(world.report)
    return place


def section_comment(world: Any) -> tuple[Any, ...]:
    place = written_section(world)
    section = ReportSection.objects.get(report=world.report, key="purpose")
    return *place, ReportComment.objects.create(section=section, text="Vad såg ni?").pk


def written_chapter(world: Any) -> tuple[Any, ...]:
    joint = JointReport.objects.get_or_create(cohort=world.cohort)[0]
    joint.texts.get_or_create(key="preface", defaults={"text": "Vi ville se."})
    return world.cohort.slug, "preface"


def chapter_comment(world: Any) -> tuple[Any, ...]:
    place = written_chapter(world)
    chapter = ChapterText.objects.get(joint__cohort=world.cohort, key="preface")
    return *place, ReportComment.objects.create(chapter=chapter, text="Vilka är vi?").pk


def section_query(world: Any) -> tuple[Any, ...]:
    frozen(world.report)
    return (SectionQuery.objects.create(report=world.report, key="purpose", text="Hur många?").pk,)


def report_reopening(world: Any) -> tuple[Any, ...]:
    frozen(world.report)
    return (ReportReopening.objects.create(report=world.report, reason="Ett tal är fel.").pk,)


PLACES: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "asked_section": asked_section,
    "chapter": lambda world: (world.cohort.slug, "preface"),
    "chapter_part": lambda world: (world.cohort.slug, "results", "moment-1"),
    "lessons": lambda world: (world.cohort.slug, "lessons"),
    "changed_figure": changed_figure,
    "quote": a_quote,
    "board_file": lambda world: (world.cohort.slug, world.own.code),
    "own_chapter": own_chapter,
    "own_edition": own_edition,
    "own_table": own_table,
    "report_reopening": report_reopening,
    "section_query": section_query,
    "source": a_source,
    "section_comment": section_comment,
    "submitted_section": submitted_section,
    "written_section": written_section,
    "chapter_comment": chapter_comment,
    "written_chapter": written_chapter,
}

NO_HTML: tuple[str, ...] = ("own_table", "board_file")


def paper_changed(scene: Scene) -> tuple[Any, ...]:
    """A paper that was made before the self-assessment was handed in and a decision was noted."""
    today = timezone.localdate()
    MadePaper.objects.get_or_create(
        participation=scene.reported, kind="report", defaults={"made_on": today, "facts": {"decision.0": "borta"}}
    )
    return of("reported")(scene)


def interim_built(scene: Scene) -> tuple[Any, ...]:
    """The running omgång, with a PDF of an interim report as it stands now."""
    joint = JointReport.objects.get(cohort=scene.running)
    build = Build(joint=joint, interim=True, state=BuildState.READY, lease_until=timezone.now())
    build.checksum = checksum_of(content_of(build), build.format)
    joint.builds.filter(interim=True).delete()
    build.save()
    return (scene.running.slug,)


def joint_taken(page: Browser, scene: Scene) -> None:
    text = ChapterText.objects.get_or_create(joint=JointReport.objects.get(cohort=scene.running), key="preface")[0]
    text.text, text.revision = "En annan har skrivit det här.", text.revision + 1
    text.save()
    page.locator("#kapiteltext [contenteditable]").press_sequentially("Det här skriver jag. ")
    page.keyboard.press("Tab")
    expect(page.locator("#kapiteltext")).to_contain_text("Spara min text ändå")


def same_meeting_twice(page: Browser, scene: Scene) -> None:
    page.locator("main [name=meeting]").select_option("learning-2")
    page.locator("main [name=since]").select_option("learning-2")
    press("Bygg PDF")(page, scene)
    expect(page.get_by_text("Välj en annan träff att jämföra med.").first).to_be_visible()


def check_report(page: Browser, scene: Scene) -> None:
    page.get_by_role("link", name="Kontrollera rapporten").click()
    expect(page.get_by_text("att titta på innan ni publicerar").first).to_be_visible()


def built(state: str) -> Callable[[Scene], tuple[Any, ...]]:
    return lambda scene: (scene.builds[state].pk,)


def a_section(scene: Scene) -> tuple[Any, ...]:
    return (*of("drafting")(scene), Report.objects.get(participation=scene.drafting).texts.exclude(text="").first().key)


def with_history(scene: Scene) -> tuple[Any, ...]:
    place = a_section(scene)
    section = Report.objects.get(participation=scene.drafting).texts.get(key=place[-1])
    now = timezone.now()
    section.versions.get_or_create(text="En tidigare text.", defaults={"begun_at": now, "saved_at": now})
    return place


def section_taken(page: Browser, scene: Scene) -> None:
    section = Report.objects.get(participation=scene.drafting).texts.exclude(text="").first()
    section.text, section.revision = "En annan har skrivit det här.", section.revision + 1
    section.save()
    page.locator(f"#avsnitt-{section.key} [contenteditable]").press_sequentially("Det här skriver vi. ")
    page.keyboard.press("Tab")
    expect(page.locator(f"#avsnitt-{section.key}")).to_contain_text("Spara min text ändå")


def a_place(omgang: Any) -> list[Any]:
    return [*own(omgang), "purpose"]


def first_edition(place: Callable[[Scene], tuple[Any, ...]]) -> Callable[[Scene], tuple[Any, ...]]:
    return lambda scene: (*place(scene), 1)


def at_chapter(place: Callable[[Scene], tuple[Any, ...]], anchor: str) -> Callable[[Scene], tuple[Any, ...]]:
    return lambda scene: (*place(scene), anchor)


def in_chapter(name: str, *place: str) -> Callable[[Scene], tuple[Any, ...]]:
    return lambda scene: (*cohort(name)(scene), *place)


def asked(scene: Scene) -> tuple[Any, ...]:
    return (*of("reported")(scene), "results")


def _ask(scene: Scene) -> SectionQuery:
    report = Report.objects.get(participation=scene.reported)
    ReportReopening.objects.get_or_create(report=report, reason="Antalet utbildade stämmer inte.")
    return SectionQuery.objects.get_or_create(report=report, key="results", text="Hur många var med?")[0]


def asks(place: Callable[[Scene], tuple[Any, ...]]) -> Callable[[Scene], tuple[Any, ...]]:
    return lambda scene: (_ask(scene), place(scene))[1]


def the_query(scene: Scene) -> tuple[Any, ...]:
    return (_ask(scene).pk,)


def unapproved(scene: Scene) -> tuple[Any, ...]:
    ReportEdition.objects.filter(report__participation=scene.reported).update(approved_on=None)
    return of("reported")(scene)


def reported(omgang: Any) -> list[Any]:
    """A participant that has handed in its report."""
    handed_in = Report.objects.handed_in().filter(participation__cohort=omgang.cohort)
    return [omgang.cohort.slug, handed_in.first().participation.code]


def preface(omgang: Any) -> list[Any]:
    return [omgang.cohort.slug, "preface"]


def published_report(scene: Scene) -> tuple[Any, ...]:
    # All are number one, so without an order any of them may come first, and most have but one chapter.
    edition = ReportEdition.objects.newest_published().filter(joint=None).earliest("pk")
    return edition.cohort.slug, edition.report.participation.code


def commented(scene: Scene) -> tuple[Any, ...]:
    """A section with a comment on a paragraph that stands, one on what has been changed, and one that is done."""
    section = Report.objects.get(participation=scene.drafting).texts.exclude(text="").order_by("key").first()
    _comment(section)
    return (*of("drafting")(scene), section.key)


def commented_preface(scene: Scene) -> tuple[Any, ...]:
    joint = JointReport.objects.get(cohort=scene.running)
    text = joint.texts.get_or_create(key="preface")[0]
    text.text = text.text or "Vi ville se våra värden.\n\nDet gjorde vi."
    text.save()
    _comment(text)
    return scene.running.slug, "preface"


def _comment(text: Any) -> None:
    begins = text.text.split("\n")[0][:200]
    text.comments.get_or_create(text="Vad betyder det?", paragraph=begins)
    text.comments.get_or_create(text="Hur många var det?", paragraph="Det här stod här förut.")
    text.comments.get_or_create(text="Bra!", defaults={"resolved_at": timezone.now()})


def quoted_of(place: Callable[[Scene], tuple[Any, ...]]) -> Callable[[Scene], tuple[Any, ...]]:
    """A section that is written, with a sentence that is marked."""

    def quoted(scene: Scene) -> tuple[Any, ...]:
        section = Report.objects.get(participation=scene.drafting).texts.exclude(text="").order_by("key").first()
        section.quotes.get_or_create(text=section.text[:60], function="manager")
        return (*place(scene), section.key)

    return quoted


def to_shorten(scene: Scene) -> tuple[Any, ...]:
    seen = _seen(scene)
    return (*cohort("running")(scene), "preface", f"observation-{seen.pk}")


def _seen(scene: Scene) -> Observation:
    words = "Tre grupper jämförde sina underlag. Två av dem skrev om mallen på plats."
    facts = {"seen_on": timezone.localdate(), "may_be_used": True}
    return Observation.objects.get_or_create(cohort=scene.running, text=words, defaults=facts)[0]


def take_in(page: Browser, scene: Scene) -> None:
    _seen(scene)
    page.reload()
    page.locator("#kallor button[name=put_in]").first.click()
    expect(page.locator(".notice", has_text="Det står nu sist i texten")).to_be_visible()


def taken_of(place: Callable[[Scene], tuple[Any, ...]]) -> Callable[[Scene], tuple[Any, ...]]:
    """A report with words that the joint report prints, shortened."""

    def taken(scene: Scene) -> tuple[Any, ...]:
        words, credit = "Vi började […] med mallen.", "Källan, politiker"
        document = document_of(f"> {words}\n>\n> *{credit}*")
        facts = dict(zip(("text", "structure"), stored(document), strict=True))
        joint = JointReport.objects.get_or_create(cohort=scene.reported.cohort)[0]
        text = ChapterText.objects.update_or_create(joint=joint, key="summary", defaults=facts)[0]
        original, today = "Vi började tidigt med mallen.", timezone.localdate()
        kept = {"words": words, "original": original, "credit": credit, "taken_on": today}
        text.taken_in.get_or_create(kind="quote", participation=scene.reported, place="results", defaults=kept)
        return place(scene)

    return taken


PAGES: tuple[Page, ...] = (
    Page("reports:published", "", nowhere),
    Page("reports:figures", "process_leader", cohort("regions")),
    Page("reports:figures", "process_leader", cohort("mixed"), "unfolded", unfold),
    Page("reports:figures", "process_leader", cohort("empty"), "empty"),
    Page("reports:report", "process_leader", of("reported")),
    Page("reports:joint", "process_leader", cohort("running")),
    Page("reports:joint_chapter", "process_leader", in_chapter("running", "preface")),
    Page("reports:joint_chapter", "process_leader", in_chapter("running", "preface"), "another has saved", joint_taken),
    Page("reports:joint_chapter", "process_leader", in_chapter("regions", "concept"), "published"),
    Page("reports:joint_part", "process_leader", in_chapter("running", "results", "moment-6")),
    Page("reports:shorten_source", "process_leader", to_shorten),
    Page("reports:shorten_source", "process_leader", to_shorten, "refused", refused("Ta in", words="Andra ord.")),
    Page("reports:shorten_source", "process_leader", in_chapter("running", "preface", "citat-0"), "gone"),
    Page("reports:joint_chapter", "process_leader", in_chapter("running", "lessons"), "taken in", take_in),
    Page("reports:report", "reporter", taken_of(of("reported")), "taken in to the joint report"),
    Page("reports:joint_preview", "process_leader", cohort("running")),
    Page("reports:joint_front", "process_leader", cohort("running")),
    Page("reports:joint_front", "process_leader", cohort("running"), "refused", refused(isbn="123")),
    Page("reports:joint_release", "process_leader", cohort("running")),
    Page("reports:joint_release", "process_leader", cohort("running"), "checked", check_report),
    Page("reports:joint_release", "process_leader", cohort("running"), "one meeting twice", same_meeting_twice),
    Page("reports:publish_joint", "process_leader", cohort("mixed"), "not built"),
    Page("reports:publish_interim", "process_leader", interim_built),
    Page("reports:publish_interim", "process_leader", cohort("mixed"), "not built"),
    Page("reports:compile_joint", "process_leader", cohort("running")),
    Page("reports:correct_joint", "process_leader", cohort("regions")),
    Page("reports:correct_joint", "process_leader", cohort("regions"), "refused", refused("Börja rätta")),
    Page("reports:published_joint", "", cohort("regions")),
    Page("reports:joint_edition", "", first_edition(cohort("regions"))),
    Page("reports:published_joint_chapter", "", at_chapter(cohort("regions"), "deltagarnas-resultat")),
    Page("reports:joint_edition_chapter", "", at_chapter(first_edition(cohort("regions")), "lardomar")),
    Page("reports:ask_query", "process_leader", asked),
    Page("reports:ask_query", "process_leader", asked, "refused", refused("Ställ frågan")),
    Page("reports:ask_reopening", "process_leader", of("reported")),
    Page("reports:report", "process_leader", asks(of("reported")), "asked"),
    Page("reports:joint", "process_leader", cohort("regions"), "published"),
    Page("reports:joint_release", "process_leader", cohort("regions"), "published"),
    Page("reports:build", "process_leader", built("queued"), "queued"),
    Page("reports:build", "process_leader", built("working"), "working"),
    Page("reports:build", "process_leader", built("joint_ready"), "ready"),
    Page("reports:build", "writer", built("failed"), "failed"),
    Page("reports:figures", "evaluator", cohort("regions")),
    Page("reports:report", "strategist", of("own"), "nothing written"),
    Page("reports:report", "writer", of("drafting")),
    Page("reports:section", "writer", a_section),
    Page("reports:section", "writer", a_section, "another has saved", section_taken),
    Page("reports:section", "strategist", lambda scene: (*of("own")(scene), "purpose"), "nothing written"),
    Page("reports:section_history", "writer", with_history),
    Page("reports:writers", "writer", of("drafting")),
    Page("reports:preview", "writer", of("drafting")),
    Page("reports:report", "reporter", of("reported"), "submitted"),
    Page("reports:report", "reporter", asks(of("reported")), "asked"),
    Page("reports:quotes", "writer", quoted_of(of("drafting"))),
    Page("reports:quotes", "writer", quoted_of(of("drafting")), "refused", refused("Märk som citat", text="Inte här.")),
    Page("reports:section", "writer", commented, "commented"),
    Page("reports:section_comments", "writer", commented),
    Page("reports:section_comments", "writer", commented, "unfolded", unfold),
    Page("reports:section_comments", "writer", commented, "refused", refused("Kommentera", text="")),
    Page("reports:joint_chapter", "process_leader", commented_preface, "commented"),
    Page("reports:joint_comments", "process_leader", commented_preface),
    Page("reports:joint_comments", "evaluator", commented_preface, "unfolded", unfold),
    Page("reports:choose_public", "writer", of("drafting")),
    Page("reports:submit", "writer", of("drafting")),
    Page("reports:submit", "strategist", of("own"), "nothing written"),
    Page("reports:board_paper", "strategist", of("own")),
    Page("reports:board_paper", "strategist", of("own"), "refused", refused("Spara orden", called="")),
    Page("reports:board_paper", "reporter", paper_changed, "changed since"),
    Page("reports:board_paper", "own_politician", of("own"), "read only"),
    Page("reports:take_back", "reporter", of("reported")),
    Page("reports:publish", "reporter", of("reported")),
    Page("reports:correct", "reporter", of("reported"), "not published"),
    Page("reports:answer_query", "reporter", the_query),
    Page("reports:answer_query", "reporter", the_query, "refused", refused("Spara svaret", answer="")),
    Page("reports:report_edition", "reporter", first_edition(of("reported"))),
    Page("reports:published_report", "", published_report),
    Page("reports:published_report_chapter", "", at_chapter(published_report, "sjalvskattning")),
    Page("reports:report_edition_chapter", "reporter", at_chapter(first_edition(of("reported")), "avsnitt-results")),
    Page("reports:figures", "politician", cohort("running")),
    Page("reports:figures", "politician_of_nine", lambda scene: (NINE,), "by the rule of three"),
    Page("reports:figures", "strategist_of_six", lambda scene: (SIX,), "by the rule of three, with movement"),
    Page("reports:report", "politician", of("other"), "nothing written"),
    Page("reports:joint", "politician", cohort("running"), "not published"),
    Page("reports:report", "approver", unapproved, "to approve"),
    Page("reports:approve", "approver", unapproved),
    Page("reports:figures", "approver", cohort("regions"), "unfolded", unfold),
    Page("reports:joint", "approver", cohort("regions"), "published"),
    Page("reports:figures", "newcomer", cohort("empty"), "empty"),
)


NO_PAGE: dict[str, str] = {
    "reports:board_paper_file": "a file",
    "reports:build_file": "a file",
    "reports:empty_form": "a file",
    "reports:joint_edition_table": "a file",
    "reports:report_edition_table": "a file",
    "reports:paper": "a file",
    "reports:published_file": "a file",
}


def own_section(omgang: Any) -> list[Any]:
    return [*own(omgang), "results"]


COUNTED: tuple[Counted, ...] = (
    Counted("Figures, process leader", "reports:figures", "process_leader", whole, timed=LARGE),
    Counted("Figures, strategist", "reports:figures", "strategist", whole, timed=LARGE),
    Counted("Result report, writing", "reports:report", "strategist", own, timed=LARGE),
    # It gathers what seven apps know of an organisation, once as sources and once as figures.
    Counted("Result report, a section", "reports:section", "strategist", a_place, timed=LARGE, most_queries=35),
    Counted("Quotes of a section", "reports:quotes", "strategist", own_section),
    Counted("Comments of a section", "reports:section_comments", "strategist", own_section),
    Counted("Paper to the board", "reports:board_paper", "strategist", own, timed=LARGE),
    Counted("Joint report, index", "reports:joint", "process_leader", whole, timed=LARGE),
    Counted("Joint report, files", "reports:joint_release", "process_leader", whole),
    # Beside the text stand its figures, what may be taken in from six kinds of rows, and the comments.
    Counted(
        "Joint report, a chapter", "reports:joint_chapter", "process_leader", preface, timed=LARGE, most_queries=28
    ),
    Counted("Figures, evaluator", "reports:figures", "evaluator", whole),
    Counted("Figures, mentor", "reports:figures", "mentor", whole),
    Counted("Result report, reading", "reports:report", "process_leader", reported),
    Counted("Published reports", "reports:published", "strategist", no_place),
)
