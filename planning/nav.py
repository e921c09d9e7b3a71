from kit.nav import MenuEntry, MenuPlace

EDITIONS = MenuEntry("Koncept", "planning:editions")
SETUP = MenuEntry("Upplägg", "planning:setup", ("slug",))
TIMETABLE = MenuEntry("Tidplan", "planning:timetable", ("slug",))
PLACES = (
    MenuPlace(("planning:edition", "planning:step", "planning:change"), skr="Koncept"),
    MenuPlace(("planning:setup", "planning:rehearsal", "planning:date", "planning:period"), cohort="Upplägg"),
    MenuPlace(("planning:timetable",), cohort="Tidplan", seat="Omgången"),
)
