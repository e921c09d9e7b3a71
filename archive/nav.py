from kit.nav import MenuPlace

PLACES = (MenuPlace(("archive:",), skr="Omgångar", cohort="Personer", seat="Omgången"),)
