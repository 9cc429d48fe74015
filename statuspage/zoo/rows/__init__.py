"""The failure rows: which there are, and how each is played."""
