"""Turns a reading into bytes somebody reads: pages, badges and JSON documents, without I/O."""
