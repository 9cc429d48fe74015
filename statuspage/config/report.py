"""The problems and warnings found so far."""

from statuspage.config.problem import Problem


class Report:
    """Collects what is wrong, each thing once, in the order found."""

    def __init__(self, problems: list[Problem], meant: frozenset[str] = frozenset()) -> None:
        self.problems = problems
        self._meant = meant
        self.warnings: list[Problem] = []

    def problem(self, path: str, message: str, nearest: str | None = None) -> None:
        """Notes what makes the file unusable."""
        _add(self.problems, Problem(path=path, message=message, nearest=nearest))

    def warning(self, path: str, message: str, nearest: str | None = None) -> None:
        """Notes what works, but hardly as meant."""
        _add(self.warnings, Problem(path=path, message=message, nearest=nearest))

    def knows(self, path: str) -> bool:
        """Whether a problem at this path, or within it, is known already, or its key was misspelt."""
        return path in self._meant or any(
            noted.path == path or noted.path.startswith((f"{path}.", f"{path}[")) for noted in self.problems
        )


def _add(to: list[Problem], noted: Problem) -> None:
    if noted not in to:
        to.append(noted)
