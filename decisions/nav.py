from kit.nav import MenuPlace

PLACES = (MenuPlace(("decisions:",), skr="Omgångar", cohort="Personer", seat="Omgången"),)
