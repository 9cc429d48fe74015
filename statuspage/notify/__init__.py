"""What people are told, channel by channel; one file a kind."""
