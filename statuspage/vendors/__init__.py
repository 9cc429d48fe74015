"""Who serves models: one file a vendor, one line in `registry`."""
