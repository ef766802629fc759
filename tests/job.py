"""Runs a module's `main` with Django set up: `python -m tests.job MODULE ARGUMENT …`."""

from __future__ import annotations

import importlib
import sys

import django

if __name__ == "__main__":
    django.setup()
    importlib.import_module(sys.argv[1]).main(sys.argv[2:])
