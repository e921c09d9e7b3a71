from kit.nav import MenuEntry, MenuPlace

MENTORS = MenuEntry("Mentorer", "mentoring:mentors", ("slug",))
PLACES = (
    MenuPlace(("mentoring:",), cohort="Mentorer"),
    MenuPlace(("mentoring:mentor_",), skr="Omgångar", cohort="Mentorer", seat="Omgången"),
)
