"""The demo company: people, sign-ins and content. Used by `load_demo` alone."""
