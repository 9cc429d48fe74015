"""`statuspage doctor`: everything that can be wrong between the configuration and the vendors, each with its fix."""
