"""How an answer is written: the openai and the anthropic dialect."""
