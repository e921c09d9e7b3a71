from kit.nav import MenuEntry, MenuPlace

STATISTICS = MenuEntry("Statistik", "kolada:search")
PLACES = (MenuPlace(("kolada:",), skr="Statistik"),)
