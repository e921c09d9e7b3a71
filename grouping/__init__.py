"""The groups of an omgång, why each group fits, and proposals of the best groups."""
