"""Settings: `base` holds what is always true, `prod`, `demo` and `test` what differs."""
