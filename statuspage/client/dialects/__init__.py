"""How a question is put, and an answer read, in each dialect."""
