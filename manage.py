#!/usr/bin/env python
import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "modell.settings")
    from modell.old_database import refuse_old_database  # it reads the settings

    refuse_old_database(sys.argv)
    execute_from_command_line(sys.argv)
