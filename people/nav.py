from kit.nav import MenuEntry, MenuPlace

PEOPLE = MenuEntry("Personer", "people:directory", ("slug",))
PLACES = (MenuPlace(("people:",), skr="Omgångar", cohort="Personer", seat="Omgången"),)
