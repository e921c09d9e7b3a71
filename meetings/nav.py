from kit.nav import MenuEntry, MenuPlace

MEETINGS = MenuEntry("Träffar", "meetings:meetings", ("slug",))
PLACES = (MenuPlace(("meetings:",), skr="Omgångar", cohort="Träffar", seat="Träffar"),)
