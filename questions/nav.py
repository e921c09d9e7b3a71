from kit.nav import MenuPlace

PLACES = (MenuPlace(("questions:",), skr="Omgångar", seat="Att göra"),)
