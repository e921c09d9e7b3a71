"""How a printed figure carries the name of its place through each format, and how both are read back.

A format keeps the name out of sight; what is printed is read from the text that people see, never from a copy of it.
"""
