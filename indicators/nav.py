from kit.nav import MenuPlace

PLACES = (MenuPlace(("indicators:",), skr="Omgångar", seat="Förbättringar"),)
