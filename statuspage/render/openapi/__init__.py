"""The API's own description: OpenAPI 3.1 from one table of addresses and typed shapes."""
