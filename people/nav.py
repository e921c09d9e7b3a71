from kit.nav import MenuEntry, MenuPlace

PEOPLE = MenuEntry("Personer", "people:directory", ("slug",))
STAFF = MenuEntry("Personer på SKR", "people:staff")
PLACES = (
    MenuPlace(("people:",), skr="Omgångar", cohort="Personer", seat="Omgången"),
    MenuPlace(("people:staff", "people:account"), skr="Personer på SKR"),
)
