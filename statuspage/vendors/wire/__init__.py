"""What all dialects have in common on the wire: reading JSON that may hold anything, errors, tool calls, addresses and keys."""
