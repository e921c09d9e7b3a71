from kit.nav import MenuEntry, MenuPlace

TASKS = MenuEntry("Att göra", "follow_up:tasks")
READINESS = MenuEntry("Läget", "follow_up:readiness", ("slug",))
MAIL = MenuEntry("Mejl", "follow_up:mail", ("slug",))
MAIL_WORDINGS = MenuEntry("Mejltexter", "follow_up:mail_wordings")
ONE_MAIL = ("follow_up:skr_mail", "follow_up:mail_one", "follow_up:mail_resend", "follow_up:mail_leave")
MAILINGS = tuple(
    f"follow_up:{name}"
    for name in (
        *("mailings", "mailing_new", "mailing", "mailing_people", "mailing_files", "mailing_file"),
        *("mailing_file_remove", "mailing_send", "mailing_remove"),
    )
)
PLACES = (
    MenuPlace(("follow_up:tasks",), skr="Att göra", seat="Att göra"),
    MenuPlace(("follow_up:readiness", "follow_up:remind"), cohort="Läget"),
    MenuPlace(("follow_up:mail",), cohort="Mejl"),
    MenuPlace(MAILINGS, skr="Omgångar", cohort="Mejl"),
    MenuPlace(ONE_MAIL, skr="Omgångar", cohort="Mejl"),
    MenuPlace(("follow_up:mail_wording",), skr="Mejltexter"),
)
