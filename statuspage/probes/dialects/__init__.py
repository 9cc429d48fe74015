"""The languages vendors speak: one file a dialect, one line in `registry`."""
