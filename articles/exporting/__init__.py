"""All that the hub knows as a folder: Markdown that an import reads back, attachments, and JSON."""
