"""The composition root: the only floor, beside the commands, that knows every concrete class."""
