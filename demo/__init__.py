"""The demonstration: example omgångar of invented organisations, with people to sign in as. `load_demo` loads it."""
