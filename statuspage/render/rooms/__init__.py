"""The operator's rooms: what each of them shows, from values to tables and forms."""
