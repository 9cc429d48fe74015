"""The configuration file: YAML, references and defaults, read into frozen values with every mistake named."""
