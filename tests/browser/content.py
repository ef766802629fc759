"""`python -m tests.browser.content`: the demo company, and something that waits to be published."""

from __future__ import annotations

import django
from django.core.management import call_command

WAITING = "Bring your own router"


def load() -> None:
    # Models can be imported only once Django is set up.
    from tests.building import snippet, write, write_approved

    call_command("load_demo")
    write_approved(WAITING, "It costs {{ price.router }} to borrow one of ours.")
    write("Rent a phone", "Not reviewed yet.")
    snippet("price.express-delivery", "money", {"amount": "6.49", "currency": "GBP"})
    call_command("rebuild_search")


if __name__ == "__main__":
    django.setup()
    load()
