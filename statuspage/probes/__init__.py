"""What to ask a model, and how its answer is read and judged."""
