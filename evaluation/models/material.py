"""What the evaluator of an omgång has seen and heard. SKR reads only what the evaluator has marked."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from checklist.models import Item
from cohorts.enums import Function
from cohorts.models import Cohort, Participation
from evaluation.enums import InterviewForm
from evaluation.querysets import InterviewQuerySet, MaterialQuerySet
from kit.constraints import known_choice
from meetings.models import Meeting

NO_FUNCTION = "Välj en funktion, eller skriv en annan."


def _who() -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="skriven av"
    )


class Observation(models.Model):
    """Something that the evaluator saw, at a meeting or elsewhere; private to the evaluators until it may be used."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="observations", verbose_name="omgång")
    meeting = models.ForeignKey(Meeting, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="träff")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="moment")
    seen_on = models.DateField("dag")
    text = models.TextField("observation")
    may_be_used = models.BooleanField("får användas i den gemensamma rapporten", default=False)
    written_by = _who()

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = "observation"
        verbose_name_plural = "observationer"
        ordering = ("-seen_on", "-pk")

    def __str__(self) -> str:
        return self.text[:80]


class Interview(models.Model):
    """An interview with people of one function, never named. `notes` are read by the interviewer alone, and erased."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="interviews", verbose_name="omgång")
    # None where those interviewed are of no organisation in the omgång.
    participation = models.ForeignKey(
        Participation, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="organisation"
    )
    function = models.CharField("funktion", max_length=20, choices=Function, blank=True)
    title = models.CharField("annan funktion", max_length=60, blank=True)
    people = models.PositiveSmallIntegerField("antal personer", default=1)
    interviewed_on = models.DateField("dag")
    form = models.CharField("hur", max_length=20, choices=InterviewForm)
    notes = models.TextField("anteckningar", blank=True)
    erase_on = models.DateField("anteckningarna raderas", null=True, blank=True)
    listed = models.BooleanField("får räknas upp i den gemensamma rapporten", default=False)
    interviewed_by = _who()

    objects = InterviewQuerySet.as_manager()

    class Meta:
        verbose_name = "intervju"
        verbose_name_plural = "intervjuer"
        ordering = ("-interviewed_on", "-pk")
        constraints = (
            known_choice("function", Function, blank=True),
            known_choice("form", InterviewForm),
            models.CheckConstraint(
                name="interview_has_one_function",
                condition=Q(function="", title__gt="") | Q(function__gt="", title=""),
                violation_error_message=NO_FUNCTION,
            ),
            models.CheckConstraint(
                name="notes_have_their_day",
                condition=Q(notes="") | Q(erase_on__isnull=False),
                violation_error_message="Ange dagen då anteckningarna ska raderas.",
            ),
            models.CheckConstraint(
                name="interview_with_someone",
                condition=Q(people__gte=1),
                violation_error_message="Skriv minst en person.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.whose}: {self.who}"

    @property
    def who(self) -> str:
        return self.title or str(Function(self.function).label).lower()

    @property
    def whose(self) -> str:
        return self.participation.organisation.name if self.participation else "Utanför organisationerna"


class EvaluatorQuote(models.Model):
    """What the evaluator takes out of an observation or an interview, with the function of whoever said it."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="evaluator_quotes", verbose_name="omgång")
    observation = models.ForeignKey(
        Observation, models.SET_NULL, related_name="quotes", null=True, blank=True, verbose_name="observation"
    )
    interview = models.ForeignKey(
        Interview, models.SET_NULL, related_name="quotes", null=True, blank=True, verbose_name="intervju"
    )
    text = models.TextField("citat")
    function = models.CharField("funktion", max_length=60)
    may_be_used = models.BooleanField("får användas i den gemensamma rapporten", default=False)
    written_by = _who()

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = "utvärderarens citat"
        verbose_name_plural = "utvärderarens citat"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                name="quote_from_one_source",
                condition=Q(observation=None) | Q(interview=None),
                violation_error_message="Citatet kommer från en observation eller en intervju, inte från båda.",
            ),
        )

    def __str__(self) -> str:
        return self.text[:80]
