from kit.nav import MenuPlace

PLACES = (
    MenuPlace(("archive:",), skr="Omgångar", seat="Omgången"),
    MenuPlace(("archive:organisation",), skr="Omgångar", cohort="Personer", seat="Omgången"),
)
