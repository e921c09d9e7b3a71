"""The end of the hold on mail after a restore."""

from django.db.models import Q
from django.utils import timezone

from follow_up.mails import SKR_REMINDER
from follow_up.reminders import PREFIX
from follow_up.tasks import remind
from mailings.actions import release_mail
from mailings.models import Mail, MailHold

# Mail that the clock makes, not a person.
BY_THE_CLOCK = Q(key__startswith=f"{PREFIX}:") & ~Q(kind=SKR_REMINDER.key)


def release(*, discard: bool) -> tuple[int, int]:
    """Let mail leave again, and return how many mails are left for good and how many go.

    With `discard`, whatever may have been sent after the backup was made is left: mail from before the restore, and
    all reminders that are due now. What people have sent since the restore goes.
    """
    if not discard:
        return release_mail(left=Mail.objects.none(), by=None)
    # A database that was restored by hand has no hold yet.
    hold = MailHold.objects.first() or MailHold.objects.create(since=timezone.now())
    remind()  # made now and left, the same reminders are not made once more
    left = Mail.objects.filter(Q(made_at__lt=hold.since) | BY_THE_CLOCK)
    return release_mail(left=left, by=None)
