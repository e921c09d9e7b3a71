from django.conf import settings
from django.db import models

from cohorts.models.cohort import Cohort
from cohorts.models.participation import Participation
from kit.constraints import known_choice
from mentoring.enums import MentorAnswer


class MentorQuestion(models.Model):
    """A question from SKR to an organisation about mentoring in an omgång; asking again moves the day.

    `participation` is where the organisation answers: in an omgång it has been through itself.
    """

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="mentor_questions", verbose_name="omgång")
    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="mentor_questions", verbose_name="organisation"
    )
    asked_on = models.DateField("frågad")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="frågad av"
    )
    message = models.TextField("egna ord", blank=True)

    class Meta:
        verbose_name = "fråga om mentorskap"
        verbose_name_plural = "frågor om mentorskap"
        ordering = ("-asked_on", "-pk")
        constraints = (models.UniqueConstraint(fields=("cohort", "participation"), name="mentor_asked_once_a_cohort"),)

    def __str__(self) -> str:
        return f"{self.participation} i {self.cohort}"


class MentorOffer(models.Model):
    """An organisation's answer about being a mentor, and what it gladly tells others about."""

    participation = models.OneToOneField(
        Participation, models.CASCADE, related_name="mentor_offer", verbose_name="organisation"
    )
    answer = models.CharField("svar", max_length=10, choices=MentorAnswer)
    not_before = models.DateField("inte före", null=True, blank=True)
    tells_about = models.TextField("berättar gärna om", blank=True)
    said_on = models.DateField("svarat")
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="svarat av"
    )

    class Meta:
        verbose_name = "svar om mentorskap"
        verbose_name_plural = "svar om mentorskap"
        constraints = (known_choice("answer", MentorAnswer),)

    def __str__(self) -> str:
        return f"{self.participation}: {self.get_answer_display()}"


class MentorAgreement(models.Model):
    """A mentoring organisation's yes to the five expectations, with its own estimate of the hours."""

    participation = models.OneToOneField(
        Participation, models.CASCADE, related_name="mentor_agreement", verbose_name="mentor"
    )
    agreed_on = models.DateField("överenskommet")
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="av"
    )
    hours = models.PositiveSmallIntegerField("uppskattade timmar", null=True, blank=True)
    note = models.TextField("kommentar", blank=True)

    class Meta:
        verbose_name = "överenskommelse om mentorskap"
        verbose_name_plural = "överenskommelser om mentorskap"

    def __str__(self) -> str:
        return f"{self.participation} {self.agreed_on}"
