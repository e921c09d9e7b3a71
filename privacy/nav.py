from kit.nav import MenuPlace

PLACES = (MenuPlace(("privacy:requests", "privacy:retention", "privacy:erase"), skr="Personer på SKR"),)
