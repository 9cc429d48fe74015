"""Other people's status pages, read as a second opinion."""
