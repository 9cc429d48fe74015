"""The use cases: one check, one shelf of documents, one self-check; they know ports, not adapters."""
