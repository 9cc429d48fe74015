"""What the operator reads: logs."""
