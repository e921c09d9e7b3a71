"""What `make bench` measures is not run here, but that it can load what it measures is."""

import os
import subprocess
import sys

from django.conf import settings

from bench.__main__ import ENVIRONMENT


def test_the_bench_has_the_demonstrations_commands():
    asked = "import django; django.setup(); from django.core.management import get_commands; print(get_commands())"
    bare = {name: value for name, value in os.environ.items() if not name.startswith("MODELL_")}
    process = subprocess.run(
        [sys.executable, "-c", asked], cwd=settings.BASE_DIR, env=bare | ENVIRONMENT, capture_output=True, text=True
    )
    assert "'load_demo': 'demo'" in process.stdout, process.stderr
