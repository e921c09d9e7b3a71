from kit.nav import MenuEntry, MenuPlace

IMPROVEMENTS = MenuEntry("Förbättringar", "improvements:work", ("slug", "code"))
PLACES = (
    MenuPlace(("improvements:",), skr="Omgångar", seat="Förbättringar"),
    MenuPlace(("improvements:library",)),
    MenuPlace(("improvements:examples",), skr="Omgångar", seat="Omgången"),
)
