"""Where operators steer: pages behind a session."""
