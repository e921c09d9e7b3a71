"""All kinds of mail, grouped by the occasion for them, and which omgångar send none."""

from admission import mails as admission
from assessments import mails as assessments
from cohorts.models import Cohort
from follow_up import mails as follow_up
from improvements import mails as improvements
from mailings import mails as mailings
from mailings.kinds import MailOccasion
from meetings import mails as meetings
from mentoring import mails as mentoring
from people import mails as people
from planning import mails as planning
from reports import mails as reports

OCCASIONS = (
    MailOccasion("Intresse och antagning", admission.KINDS),
    MailOccasion(
        "Uppdrag",
        (
            people.INVITATION,
            people.MENTOR_INVITATION,
            people.COMING_SEAT,
            people.TAKES_OVER,
            people.HANDED_OVER,
            people.NEW_POLITICIAN,
            *(people.SEAT_OFFER, people.OFFER_ANSWERED, people.SEATS_CHANGED),
        ),
    ),
    MailOccasion("Inloggning", (people.SIGN_IN_CODE, people.NO_ACCOUNT)),
    MailOccasion(
        "Roller och konton",
        (
            *(people.STAFF_APPOINTED, people.STAFF_ENDED, people.EVALUATOR_APPOINTED, people.EVALUATOR_ENDED),
            *(people.ACCOUNT_CLOSED, people.ACCOUNT_OPENED),
        ),
    ),
    MailOccasion("Ny e-postadress", (people.ADDRESS_ASKED, people.ADDRESS_CHANGED)),
    MailOccasion("Inloggning", (people.SIGN_IN_CHANGED, people.FACTORS_RESET)),
    MailOccasion("Personuppgifter", (people.ERASURE_ASKED,)),
    MailOccasion(
        "Före och efter en träff",
        (
            follow_up.MEETING_INVITATION,
            *meetings.KINDS,
            follow_up.ASSESSMENT_OPENS,
            follow_up.MEETING_REMINDER,
            follow_up.MEETING_LATE,
            follow_up.MEETING_WRAP_UP,
            follow_up.AGREEMENT_REMINDER,
        ),
    ),
    MailOccasion("Självskattningen", assessments.KINDS),
    MailOccasion("Arbetet hemma", (follow_up.CYCLE_LATE,)),
    MailOccasion("När planen ändras", (*planning.KINDS, people.COHORT_EXTENDED)),
    MailOccasion("Mentorer", mentoring.KINDS),
    MailOccasion(
        "Resultatrapporten",
        (follow_up.REPORT_REMINDER, follow_up.REPORT_LATE, *reports.KINDS, *improvements.KINDS),
    ),
    MailOccasion(
        "Påminnelser för hand, utskick och sammandrag", (follow_up.SKR_REMINDER, follow_up.OWN_WORDS, *mailings.KINDS)
    ),
)


def is_rehearsed(slug: str) -> bool:
    return Cohort.objects.filter(slug=slug, rehearsal=True).exists()
