from kit.nav import MenuEntry, MenuPlace

INTEREST = MenuEntry("Intresse", "admission:interests", ("slug",))
PLACES = (
    MenuPlace(("admission:",), skr="Omgångar", seat="Omgången"),
    MenuPlace(("admission:interest", "admission:letter"), skr="Omgångar", cohort="Intresse", seat="Omgången"),
)
