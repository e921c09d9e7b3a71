"""The demonstration: example omgångar of invented organisations, with people to sign in as. Loaded by `load_demo`."""
