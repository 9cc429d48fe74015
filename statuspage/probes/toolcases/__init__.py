"""The cases of the tools suite: one file each."""
