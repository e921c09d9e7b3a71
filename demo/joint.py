"""What SKR and the evaluator have written in the joint reports of two example omgångar. Invented."""

from collections.abc import Collection, Mapping, Sequence

from accounts.models import User
from cohorts.models import Cohort
from demo.days import RUNNING
from kit.rich import document_of, stored
from reports.actions import add_comment, take_in
from reports.comments import paragraphs_of
from reports.enums import ChapterOwner, ChapterState, SourceKind
from reports.joint_chapters import places_of
from reports.joint_sources import sources_in
from reports.models import ChapterText, JointReport

LEADER = "processledare@demo.invalid"
REGIONS = "demo-regioner"
DRAFT, REVIEW, DONE = ChapterState.DRAFT, ChapterState.REVIEW, ChapterState.DONE
FRONT = {
    "isbn": "978-91-7585-999-6",
    "responsible": "Ansvarig utgivare: Modell – demonstration\nProjektledare: processledaren för exempelomgången",
    "audience": "Politiker, chefer och strateger i regioner som vill pröva samma arbetssätt.",
    "information": "Rapporten finns på omgångens öppna sida. Frågor besvaras av processledaren.",
}
# The key of each text, how far it has come and its words.
Texts = Mapping[str, tuple[ChapterState, str]]
OF_REGIONS: Texts = {
    "preface": (
        DONE,
        "Sex regioner har under två år arbetat sida vid sida för att invånarna ska få likvärdig service, oavsett om de "
        "är kvinnor eller män, flickor eller pojkar. De har skattat sig själva, visat varandra vad som inte fungerar "
        "och prövat att ändra det.\n\nRapporten berättar vad de har kommit fram till. Vi hoppas att den kan användas "
        "av andra som står inför samma frågor.",
    ),
    "summary": (
        DONE,
        "Regionerna har tagit störst steg i **styrningen**. Politiken frågar efter resultat för kvinnor och män, och "
        "statistiken finns att läsa i den vanliga uppföljningen. Svårast har det varit att komma från statistik till "
        "ändrade arbetssätt.\n\nTre saker har hjälpt:\n\n- att samma personer har mötts flera gånger\n- att "
        "självskattningen gjordes gemensamt av politiker, chefer och strateg\n- att varje region valde ett arbete som "
        "redan stod i verksamhetsplanen",
    ),
    "introduction": (
        DONE,
        "Omgången började med en uppstartskonferens i februari 2019 och slutade med en resultatkonferens i december "
        "2020. Däremellan möttes regionerna fem gånger i två grupper.\n\n# Så har vi arbetat med rapporten\n\nTexterna "
        "bygger på regionernas resultatrapporter, på självskattningarna och på den lärande utvärderarens "
        "observationer^[Utvärderaren har varit med vid alla träffar utom en.]. Tabeller och bilder hämtas ur "
        "regionernas egna uppgifter.",
    ),
    "concept": (
        DONE,
        "Modellkonceptet bygger på att deltagarna är både granskare och granskade. Inför varje träff skattar varje "
        "region hur långt den har kommit. På träffen läser de andra skattningen, frågar och ger råd. Mellan träffarna "
        "prövas råden hemma.",
    ),
    "development": (
        REVIEW,
        "Under omgången ändrades två saker. Strategträffarna flyttades så att de ligger före varje träff, och "
        "presentationerna kortades till en kvart. Båda ändringarna gav mer tid för frågor.\n\nVåren 2020 hölls "
        "träffarna på distans. Det fungerade för presentationerna men sämre för samtalen i pausen.",
    ),
    "results": (
        DRAFT,
        "Regionerna började på olika nivåer och har gått framåt i olika takt. Gemensamt är att de har börjat med "
        "styrningen och sedan närmat sig verksamheten.",
    ),
    "results--moment-1": (
        DONE,
        "Alla regioner har ett politiskt beslut. I Nordanvik och Ekmarken togs det om under omgången, sedan "
        "det visade sig att få kände till det gamla.",
    ),
    "results--moment-6": (
        DONE,
        "Statistiken är delad efter kön i allt fler rapporter. I Sunnanhav visades väntetider för kvinnor och män i "
        "samma diagram för första gången:\n\n> Vi hade läst samma tabell i tio år utan att se skillnaden.\n\nAnalysen "
        "skrivs fortfarande av få personer, och den stannar ofta vid att en skillnad finns.",
    ),
    "results--moment-7": (
        DRAFT,
        "Mallen för tjänsteskrivelser frågar nu vilka som berörs. I Tallbygden används den i alla nämnder.",
    ),
    "results--practice": (
        DRAFT,
        "De nya arbetssätten handlar oftast om uppföljning: ledningsgruppen frågar efter analysen när den saknas.",
    ),
    "lessons": (
        REVIEW,
        "# Det som hjälpte\n\n1. Politiker och chefer satt i samma rum och skattade tillsammans.\n2. Strategen hade "
        "tid avsatt.\n3. Arbetet knöts till ett mål som redan följdes upp.\n\n# Det som hindrade\n\nChefer byttes ut. "
        "När en ny chef kom fick arbetet börja om, om det inte stod i en plan.",
    ),
    "attainment": (
        DRAFT,
        "Utvärderarens samlade bedömning är att omgången har nått målen om styrning och uppföljning. Målet att "
        "invånarna ska märka skillnad går inte att bedöma än.",
    ),
    "annex": (DRAFT, ""),
}
OF_RUNNING: Texts = {
    "preface": (DRAFT, "Tre organisationer har kommit halvvägs. Det här är arbetsmaterial."),
    "introduction": (
        REVIEW,
        "Omgången är den första där regioner och kommuner möts i samma grupp. Solbygden och Klarvik har redan hunnit "
        "jämföra sina mallar.",
    ),
    "results--moment-6": (
        DRAFT,
        "Region Solbygden delar upp all statistik i månadsrapporten. Klarviks kommun prövar samma mallar.",
    ),
}


# Where something is taken in to, what kind of source it is, and whose.
TAKEN: Sequence[tuple[str, SourceKind, str]] = (
    ("results--moment-7", SourceKind.EXAMPLE, "91"),
    ("lessons", SourceKind.TEXT, "92"),
)
# What the process leader asks of two texts that are to be reviewed, each at its first paragraph.
ASKED = {
    "development": "Skriv gärna hur mycket tid som gick åt till frågor före och efter.",
    "lessons": "Är det här samma sak som i sammanfattningen? Då räcker det att stå här.",
}


def add_joint_texts(loaded: Collection[str]) -> None:
    for slug, texts, front in ((REGIONS, OF_REGIONS, FRONT), (RUNNING, OF_RUNNING, {})):
        if slug in loaded:
            _write(Cohort.objects.get(slug=slug), texts, front)
    if REGIONS in loaded:
        _work_together(Cohort.objects.get(slug=REGIONS), User.objects.get(email=LEADER))


def _write(cohort: Cohort, texts: Texts, front: Mapping[str, str]) -> None:
    joint = JointReport.objects.update_or_create(cohort=cohort, defaults=dict(front))[0]
    owners = {place.key: ChapterOwner(place.usual_owner) for place in places_of(cohort)}
    for key, (state, words) in texts.items():
        text, structure = stored(document_of(words))
        ChapterText.objects.create(
            joint=joint, key=key, text=text, structure=structure, state=state, owner=owners[key], revision=1
        )


def _work_together(cohort: Cohort, leader: User) -> None:
    """Take in what two organisations offer, and comment on what is to be reviewed."""
    places = {place.key: place for place in places_of(cohort)}
    for key, kind, code in TAKEN:
        offered = sources_in(cohort, places[key])
        member = cohort.participations.get(code=code)
        source = next(each for each in offered if each.kind == kind and each.participation == member.pk)
        take_in(cohort=cohort, key=key, source=source, by=leader)
    for text in ChapterText.objects.filter(joint__cohort=cohort, key__in=ASKED):
        add_comment(on=text, paragraph=paragraphs_of(text.document)[0], text=ASKED[text.key], by=leader)
