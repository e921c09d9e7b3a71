"""Whether an address belongs to an organisation, so that whoever reads its mail may write for it."""

from admission.enums import WriterStanding
from admission.models import InterestWriter
from cohorts.enums import Function
from cohorts.models import Delegate, Organisation

# Anyone can have an address there.
OPEN_TO_ALL = frozenset(
    (
        *("gmail.com", "googlemail.com", "hotmail.com", "hotmail.se", "icloud.com", "live.com", "live.se", "me.com"),
        *("mail.com", "msn.com", "outlook.com", "outlook.se", "proton.me", "protonmail.com", "yahoo.com", "yahoo.se"),
        *("bahnhof.se", "bredband.net", "comhem.se", "tele2.se", "telia.com", "spray.se", "passagen.se", "gmx.com"),
    )
)
# A politician may well write from a party's address, and a contributor from a consultant's.
CONTACTS = (Function.STRATEGIST, Function.MANAGER)
STANDS_FOR_IT = (WriterStanding.PROVED, WriterStanding.LET_IN)


def domain_of(email: str) -> str:
    return email.rpartition("@")[2].lower()


def is_open_to_all(domain: str) -> bool:
    return domain in OPEN_TO_ALL


def proves(organisation: Organisation, email: str) -> bool:
    """True if the address lies in a domain of the organisation: its registered one, or a known contact's."""
    domain = domain_of(email)
    return any(domain == known or domain.endswith(f".{known}") for known in domains_of(organisation))


def domains_of(organisation: Organisation) -> set[str]:
    seats = Delegate.objects.filter(participation__organisation=organisation, function__in=CONTACTS)
    writers = InterestWriter.objects.filter(interest__organisation=organisation, standing__in=STANDS_FOR_IT)
    known = {*seats.values_list("user__email", flat=True), *writers.values_list("email", flat=True)}
    contacts = {domain for email in known if not is_open_to_all(domain := domain_of(email))}
    return contacts | ({organisation.email_domain} if organisation.email_domain else set())
