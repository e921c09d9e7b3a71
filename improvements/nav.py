from kit.nav import MenuEntry, MenuPlace

IMPROVEMENTS = MenuEntry("Förbättringar", "improvements:work", ("slug", "code"))
PLACES = (
    MenuPlace(("improvements:",), skr="Omgångar", seat="Förbättringar"),
    MenuPlace(("improvements:steps", "improvements:goal"), skr="Omgångar", seat="Omgången"),
    MenuPlace(("improvements:library",)),
    MenuPlace(("improvements:examples",), skr="Omgångar", seat="Omgången"),
)
