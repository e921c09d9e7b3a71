import secrets

from django.db import models
from django.db.models import Q

from accounts.naming import LONGEST_NAME, NameColumn
from admission.enums import InterestState, Wish, WriterStanding
from cohorts.enums import Function
from cohorts.models.cohort import Cohort
from cohorts.models.organisation import Organisation
from cohorts.models.participation import Participation
from kit.columns import AddressColumn
from kit.constraints import known_choice


def new_key() -> str:
    # The key alone opens the form, so it has 256 random bits.
    return secrets.token_urlsafe(32)


class Interest(models.Model):
    """Intresseanmälan, in which an organisation asks to take part and which several people write by mailed links."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="interests", verbose_name="omgång")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="interests", verbose_name="organisation"
    )
    state = models.CharField("läge", max_length=20, choices=InterestState, default=InterestState.DRAFT)
    through = models.CharField("genom kommunalförbund", max_length=120, blank=True)
    body = models.CharField("beslutande organ", max_length=160, blank=True)
    decided_on = models.DateField("beslutsdatum", null=True, blank=True)
    paragraph = models.CharField("paragraf", max_length=20, blank=True)
    diary_number = models.CharField("diarienummer", max_length=60, blank=True)
    decision_text = models.CharField("vad som beslutades", max_length=300, blank=True)
    cemr = models.BooleanField("CEMR-deklarationen undertecknad", null=True, blank=True)
    focus = models.TextField("inriktning", blank=True)
    # What it wants to reach itself, a goal a line.
    goals = models.TextField("egna mål", blank=True)
    wish = models.CharField("viktigast när grupper bildas", max_length=20, choices=Wish, blank=True)
    theme = models.CharField("önskat tema", max_length=160, blank=True)
    partners = models.ManyToManyField(
        Organisation, related_name="wished_by", blank=True, verbose_name="önskade partner"
    )
    mentor_later = models.CharField(
        "kan tänka sig att bli mentor",
        max_length=10,
        choices=(("yes", "Ja"), ("maybe", "Kanske"), ("no", "Nej")),
        blank=True,
    )
    both_sides = models.BooleanField("båda sidor företrädda", null=True, blank=True)
    invoice_reference = models.CharField("fakturareferens", max_length=120, blank=True)
    created_at = models.DateTimeField("påbörjad", auto_now_add=True)
    submitted_at = models.DateTimeField("inskickad", null=True, blank=True)
    revision = models.PositiveIntegerField("version", default=0)
    withdrawn_on = models.DateField("återtagen", null=True, blank=True)
    answered_on = models.DateField("beslut om antagning", null=True, blank=True)
    answered_by = models.CharField("beslutat av", max_length=160, blank=True)
    answer = models.TextField("svar med skäl", blank=True)
    participation = models.OneToOneField(
        Participation, models.SET_NULL, related_name="interest", null=True, blank=True, verbose_name="deltagande"
    )

    class Meta:
        verbose_name = "intresseanmälan"
        verbose_name_plural = "intresseanmälningar"
        ordering = ("submitted_at", "created_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("cohort", "organisation"),
                condition=~Q(state=InterestState.WITHDRAWN),
                name="interest_once_a_cohort",
                violation_error_message="Organisationen har redan en anmälan till omgången.",
            ),
            known_choice("state", InterestState),
            known_choice("wish", Wish, blank=True),
        )

    def __str__(self) -> str:
        return f"{self.organisation} till {self.cohort}"


class InterestPerson(models.Model):
    """Person named in an interest form, who becomes a representative on admission and is otherwise erased."""

    interest = models.ForeignKey(Interest, models.CASCADE, related_name="people", verbose_name="intresseanmälan")
    function = models.CharField("funktion", max_length=20, choices=Function)
    deputy = models.BooleanField("ersättare", default=False)
    name = NameColumn("namn", max_length=LONGEST_NAME)
    email = AddressColumn("e-postadress")
    title = models.CharField("titel", max_length=120, blank=True)

    class Meta:
        verbose_name = "person i intresseanmälan"
        verbose_name_plural = "personer i intresseanmälan"
        ordering = ("function", "deputy", "pk")
        constraints = (
            known_choice("function", Function),
            models.UniqueConstraint(
                fields=("interest", "email"),
                name="person_once_an_interest",
                violation_error_message="Adressen står redan i anmälan.",
            ),
        )

    def __str__(self) -> str:
        return self.name


class InterestWriter(models.Model):
    """Person who writes an interest form, with a key in a mailed link and no account."""

    interest = models.ForeignKey(Interest, models.CASCADE, related_name="writers", verbose_name="intresseanmälan")
    email = AddressColumn("e-postadress")
    key = models.CharField("nyckel", max_length=60, unique=True, default=new_key)
    standing = models.CharField("varför", max_length=20, choices=WriterStanding, default=WriterStanding.INVITED)
    invited_at = models.DateTimeField("inbjuden", auto_now_add=True)
    wrote_at = models.DateTimeField("skrev senast", null=True, blank=True)

    class Meta:
        verbose_name = "skribent"
        verbose_name_plural = "skribenter"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("interest", "email"), name="writer_once_an_interest"),
            known_choice("standing", WriterStanding),
        )

    def __str__(self) -> str:
        return self.email


class InterestAskQuerySet(models.QuerySet["InterestAsk"]):
    def of_cohort(self, cohort: Cohort) -> "InterestAskQuerySet":
        return self.filter(cohort=cohort).select_related("organisation", "cohort__contact")


class InterestAsk(models.Model):
    """A wish to write for an organisation from an address that is not known as its own: SKR decides."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="interest_asks", verbose_name="omgång")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="interest_asks", verbose_name="organisation"
    )
    email = AddressColumn("e-postadress")
    asked_on = models.DateField("fråga ställd")

    objects = InterestAskQuerySet.as_manager()

    class Meta:
        verbose_name = "fråga om att skriva intresseanmälan"
        verbose_name_plural = "frågor om att skriva intresseanmälan"
        ordering = ("asked_on", "pk")
        constraints = (models.UniqueConstraint(fields=("cohort", "organisation", "email"), name="asked_once"),)

    def __str__(self) -> str:
        return f"{self.email} för {self.organisation}"
