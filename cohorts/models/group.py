from django.db import models

from cohorts.models.cohort import Cohort


class Group(models.Model):
    """A benchmarkinggrupp: two or three organisations that meet, with their mentors."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="groups", verbose_name="omgång")
    key = models.CharField("nyckel", max_length=60)
    name = models.CharField("namn", max_length=120)
    track = models.CharField("spår", max_length=120, blank=True)
    position = models.PositiveSmallIntegerField("ordning")

    class Meta:
        verbose_name = "grupp"
        verbose_name_plural = "grupper"
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("cohort", "key"), name="group_key_once"),)

    def __str__(self) -> str:
        return self.name


class GroupMentor(models.Model):
    """A mentoring organisation's task in one group; `meetings.whom` knows which of its meetings it supports."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="mentorships", verbose_name="grupp")
    participation = models.ForeignKey(
        "cohorts.Participation", models.CASCADE, related_name="mentorships", verbose_name="mentor"
    )
    supporting = models.BooleanField("stödjande", default=False)
    # A theme that SKR has given the mentor but no meeting has: until a meeting is chosen, it supports none.
    wished_theme = models.CharField("tema utan träff", max_length=500, blank=True)
    position = models.PositiveSmallIntegerField("ordning")

    class Meta:
        verbose_name = "mentorskap"
        verbose_name_plural = "mentorskap"
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("group", "participation"), name="mentor_once_a_group"),)

    def __str__(self) -> str:
        return f"{self.participation} i {self.group}"
