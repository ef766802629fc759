"""Who may do what: four roles as Django groups, and the permission each one carries."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import AbstractUser, Group, Permission
from django.utils.translation import gettext

from articles.exceptions import NotAllowed

WRITE = "articles.write_article"
REVIEW = "articles.review_article"
PUBLISH = "channels.publish_edition"
# What search finds by changes for all readers at once, without a review: as publishing does.
EDIT_SEARCH_WORDS = "channels.edit_search_words"
ADMINISTER = "channels.administer_hub"
READ_AGENT = "channels.read_as_agent"

# Each role can do what the one before can, and more; agents only read.
ROLES: dict[str, tuple[str, ...]] = {
    "agent": (READ_AGENT,),
    "author": (READ_AGENT, WRITE),
    "reviewer": (READ_AGENT, WRITE, REVIEW),
    "publisher": (READ_AGENT, WRITE, REVIEW, PUBLISH, EDIT_SEARCH_WORDS),
    "administrator": (READ_AGENT, WRITE, REVIEW, PUBLISH, EDIT_SEARCH_WORDS, ADMINISTER),
}

SYSTEM_USERNAME = "system"


def is_system(actor: AbstractUser) -> bool:
    """Whether `actor` stands for commands that no person signs for."""
    return actor.username == SYSTEM_USERNAME and not actor.has_usable_password()


def require(actor: AbstractUser, permission: str) -> None:
    """Raise NotAllowed unless `actor` holds `permission` ("app.codename")."""
    if is_system(actor):
        return
    if not actor.has_perm(permission):
        message = gettext("%(name)s may not do this (%(permission)s).")
        raise NotAllowed(message % {"name": actor.get_username(), "permission": permission})


def ensure_roles(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """post_migrate handler: make the groups with the permissions known so far."""
    create_permissions(sender, verbosity=0, using=using)
    if apps.is_installed("channels"):
        create_permissions(apps.get_app_config("channels"), verbosity=0, using=using)
    for role, names in ROLES.items():
        group, _ = Group.objects.using(using).get_or_create(name=role)
        codenames = [name.split(".")[1] for name in names]
        held = Permission.objects.using(using).filter(
            content_type__app_label__in=("articles", "channels"), codename__in=codenames
        )
        group.permissions.add(*held)
