"""Asking the network: the only place that knows httpx."""
