from kit.nav import MenuEntry, MenuPlace

CHECKLISTS = MenuEntry("Checklistor", "checklist:versions")
PLACES = (MenuPlace(("checklist:",), skr="Checklistor", seat="Självskattning"),)
