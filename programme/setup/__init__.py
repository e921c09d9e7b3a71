"""Setting up an omgång: what it is made from, its dates, and what is worth a second thought."""
