from kit.nav import MenuEntry, MenuPlace

ASSESSMENTS = MenuEntry("Självskattning", "assessments:own", ("slug", "code"))
SKR_READS = ("own", "assessment", "part", "beside", "history", "group", "learn", "ask_", "title")
PLACES = (
    MenuPlace(("assessments:",), seat="Självskattning"),
    MenuPlace(tuple(f"assessments:{name}" for name in SKR_READS), skr="Omgångar", seat="Självskattning"),
)
