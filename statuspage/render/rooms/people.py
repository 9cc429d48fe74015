"""Users and tokens: who may do what, and the forms to let people and programs in and out."""

from collections.abc import Sequence

from statuspage.domain.access import Role, Scope, TokenRecord, User
from statuspage.render.language import mark, tr
from statuspage.render.rooms.room import Cell, Field, Form, Option, Room, Section, Table, cell, moment, named

AT = "/admin/people"
_ROLES = {Role.VIEWER: mark("viewer"), Role.OPERATOR: mark("operator"), Role.ADMIN: mark("admin")}
_MEANINGS = {
    Scope.READ: mark("read: private pages and these rooms"),
    Scope.OPERATE: mark("operate: incidents, maintenance, overrides, flags, checks"),
    Scope.ADMIN: mark("admin: users and tokens too"),
}


def people_room(users: Sequence[User], tokens: Sequence[TokenRecord], secret: str | None = None) -> Room:
    """Everybody by name; `secret` is a token that was just made, shown this once."""
    return Room(title=tr("Users and tokens"), at=AT, sections=(_users(users), _tokens(tokens, secret)))


def _users(users: Sequence[User]) -> Section:
    adding = Form(
        action=f"{AT}/users",
        title=tr("Add a user"),
        submit=tr("Add the user"),
        scope=Scope.ADMIN,
        fields=(
            Field(name="name", kind="user", label=tr("Name")),
            Field(name="role", kind="choice", label=tr("Role"), options=_roles(), values=(Role.VIEWER.value,)),
            Field(name="password", kind="password", label=tr("Password"), hint=tr("at least 12 characters")),
        ),
    )
    changing = Form(
        action=f"{AT}/password",
        title=tr("Set somebody's password"),
        submit=tr("Set password"),
        scope=Scope.ADMIN,
        fields=(
            Field(name="name", kind="user", label=tr("Name")),
            Field(name="password", kind="password", label=tr("Password"), hint=tr("at least 12 characters")),
        ),
    )
    table = Table(
        caption=tr("Users"),
        columns=(tr("Name"), tr("Role"), tr("Signs in with"), tr("Since"), ""),
        rows=tuple(
            (
                cell(user.name),
                cell(tr(_ROLES[user.role])),
                cell(tr("a password") if user.password else tr("another party")),
                moment(user.created_ms),
                Cell(forms=_steering(user)),
            )
            for user in users
        ),
        empty=tr("Nobody yet."),
    )
    note = tr("Another role or another password ends all sessions of that user.")
    return Section(title=tr("Users"), note=note, forms=(adding, changing), table=table)


def _steering(user: User) -> tuple[Form, ...]:
    name = named("name", user.name)
    role = Field(name="role", kind="choice", label=tr("Role"), options=_roles(), values=(user.role.value,))
    return (
        Form(action=f"{AT}/role", submit=tr("Set role"), scope=Scope.ADMIN, fields=(name, role), about=user.name),
        Form(action=f"{AT}/remove", submit=tr("Remove"), scope=Scope.ADMIN, fields=(name,), about=user.name),
    )


def _tokens(tokens: Sequence[TokenRecord], secret: str | None) -> Section:
    scopes = tuple(Option(scope.value, tr(meaning)) for scope, meaning in _MEANINGS.items())
    making = Form(
        action=f"{AT}/tokens",
        title=tr("Make a token"),
        submit=tr("Make the token"),
        scope=Scope.ADMIN,
        fields=(
            Field(name="name", label=tr("Name"), most=64),
            Field(name="scope", kind="choice", label=tr("Scope"), options=scopes, values=(Scope.READ.value,)),
        ),
    )
    rows = tuple(
        (cell(each.name), cell(each.scope.value), moment(each.created_ms), Cell(forms=(_revoking(each),))) for each in tokens
    )
    columns = (tr("Name"), tr("Scope"), tr("Since"), "")
    table = Table(caption=tr("Tokens"), columns=columns, rows=rows, empty=tr("None."))
    note = tr("This is the new token. Copy it now: it is shown this once and stored nowhere.") if secret else ""
    return Section(title=tr("Tokens"), note=note, secret=secret, forms=(making,), table=table)


def _revoking(token: TokenRecord) -> Form:
    return Form(
        action=f"{AT}/revoke", submit=tr("Revoke"), scope=Scope.ADMIN, fields=(named("name", token.name),), about=token.name
    )


def _roles() -> tuple[Option, ...]:
    return tuple(Option(role.value, tr(word)) for role, word in _ROLES.items())
