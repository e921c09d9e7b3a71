from kit.nav import MenuEntry, MenuPlace

GROUPS = MenuEntry("Grupper", "grouping:grouping", ("slug",))
PLACES = (
    MenuPlace(("grouping:",), cohort="Grupper"),
    MenuPlace(("grouping:mentors_by_theme",), cohort="Mentorer"),
)
