"""Backup and restore of the whole site, database and files together (docs/drift.md).

Files are written before the rows that name them and deleted after, so a backup takes the database first and a restore
puts the files back first: no row is then without its file.
"""
