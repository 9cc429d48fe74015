"""What answers HTTP: ready bytes in front, Litestar behind."""
