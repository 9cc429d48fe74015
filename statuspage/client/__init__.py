"""The request handler."""
