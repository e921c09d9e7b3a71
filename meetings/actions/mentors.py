"""The choices of mentors, when a meeting is removed or gets a theme."""

from cohorts.models import GroupMentor
from meetings.models import Meeting
from meetings.whom import learning_of, meetings_on, theme_of


def meet_wishes(meeting: Meeting) -> None:
    """Give each mentor that wishes a theme the meetings on it, once all that it wishes have one."""
    wishing = GroupMentor.objects.filter(group__cohort=meeting.cohort_id).exclude(wished_theme="")
    for mentorship in wishing.select_related("group"):
        chosen = meetings_on(mentorship.wished_theme, mentorship.group_id, learning_of(mentorship.group))
        if meeting in chosen:
            mentorship.meetings.set(chosen)
            mentorship.wished_theme = ""
            mentorship.save(update_fields=["wished_theme"])


def keep_theme(meeting: Meeting) -> None:
    """Keep the theme as a wish for mentors that chose only this meeting; else they would support every meeting."""
    for mentorship in meeting.chosen_by.prefetch_related("meetings"):
        if len(mentorship.meetings.all()) == 1:
            mentorship.wished_theme = theme_of(mentorship)
            mentorship.save(update_fields=["wished_theme"])
