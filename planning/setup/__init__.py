"""The rules for setting up an omgång: its blueprint, its days and the warnings about them."""
