"""A self-hosted status page for language models that never lies about a vendor."""

__version__ = "0.1.0"
