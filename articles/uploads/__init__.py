"""What may be uploaded, judged by its content, and what of it is kept."""
