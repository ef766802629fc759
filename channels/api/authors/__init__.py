"""The authors' side of the API: all that the editors' desk can do, for programs."""
