"""Finding texts by their words at the desk, drafts too, with nothing but the database."""
