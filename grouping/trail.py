from django.db.models import TextChoices


class GroupingEvent(TextChoices):
    """Events in the trail; the label is the sentence that it shows after the actor's name."""

    GROUP_SAVED = "group_saved", "ändrade en grupp"
    GROUP_MEMBER_MOVED = "group_member_moved", "flyttade en organisation mellan grupper"
    GROUPS_PROPOSED = "groups_proposed", "använde ett förslag till grupper"
    MENTOR_ASSIGNED = "mentor_assigned", "ändrade mentorerna i en grupp"
