"""Telling the owner of a release by e-mail that it did not go live, until it was told."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from channels.models import Release

logger = logging.getLogger("knowledgehub.releases")

PAUSE = timedelta(minutes=1)  # before what could not be sent is tried again


def tell_owners(*, now: datetime | None = None) -> int:
    """Send what is due; return how many messages went out. Several may look at once."""
    now = now or timezone.now()
    sent = 0
    for release in Release.objects.filter(mail_due_at__lte=now).select_related("owner")[:20]:
        mine = Release.objects.filter(pk=release.pk, mail_due_at=release.mail_due_at)
        again = now + PAUSE
        if mine.update(mail_due_at=again) and _send(release):
            Release.objects.filter(pk=release.pk, mail_due_at=again).update(mail_due_at=None)
            sent += bool(release.owner.email)
    return sent


def _send(release: Release) -> bool:
    """Return whether nothing is left to do; an owner without an address reads it at the desk."""
    if not release.owner.email:
        return True
    address = reverse("admin:channels_release_change", args=[release.pk])
    body = gettext(
        "The release “%(name)s” was due at %(local)s (%(zone)s) and was not published. "
        "Readers get what they got before; nothing of it is live.\n\n%(reasons)s\n\n"
        "Mend it, then publish or schedule it again:\n%(address)s\n"
    ) % {
        "name": release.name,
        "local": release.due_local.replace("T", " "),
        "zone": release.due_zone,
        "reasons": "\n".join(f"- {line}" for line in release.failure.splitlines()),
        "address": settings.SITE_ADDRESS.rstrip("/") + address,
    }
    subject = gettext("Not published: %(name)s") % {"name": release.name}
    try:
        send_mail(subject, body, None, [release.owner.email])
    except Exception as error:
        # Whatever the mail server does: the desk tells it too, and it is tried again.
        logger.warning("The owner of release %s could not be written to: %s", release.pk, error)
        return False
    return True
