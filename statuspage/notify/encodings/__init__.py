"""The shapes of a webhook's body; one file a shape."""
