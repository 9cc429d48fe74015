"""The JSON addresses that depend on a question: queries over what the shelf does not hold ready."""
