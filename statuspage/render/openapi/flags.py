"""Feature flags in words."""

from typing import Final

from statuspage.render.openapi import shapes
from statuspage.render.openapi.parts import NOT_MODIFIED, PROBLEM, Answer, Operation, Param, ok, text, wrong

_KEY: Final = Param(name="key", where="path", required=True, example="new-ui", description="The flag's key.")
_TAG: Final = Param(
    name="If-None-Match", where="header", example='"3f0c"', description="The `ETag` of what was evaluated last; 304 if it holds."
)
_WRONG: Final = Answer(
    status=400, description="A context that cannot be used, or a targeting that fails.", shape=shapes.FlagFailure
)
_REFUSED: Final = (
    Answer(status=401, description="Nobody is signed in, and there is no token.", media=PROBLEM, shape=shapes.Problem),
    Answer(status=403, description="The scope is not enough.", media=PROBLEM, shape=shapes.Problem),
)

FLAGS: Final = (
    Operation(
        path="/ofrep/v1/evaluate/flags/{key}",
        tag="flags",
        method="post",
        summary="Evaluate one flag",
        description="As OpenFeature's clients ask (OFREP 0.3).",
        params=(_KEY,),
        body=shapes.FlagContext,
        answers=(
            ok(shapes.FlagEvaluation, "The value."),
            _WRONG,
            Answer(status=404, description="There is no such flag.", shape=shapes.FlagFailure),
        ),
    ),
    Operation(
        path="/ofrep/v1/evaluate/flags",
        tag="flags",
        method="post",
        summary="Evaluate all flags",
        description="Under one `ETag` over flags and context.",
        params=(_TAG,),
        body=shapes.FlagContext,
        answers=(
            ok(shapes.FlagEvaluations, "All values."),
            Answer(status=NOT_MODIFIED, description="What `If-None-Match` names still holds."),
            _WRONG,
        ),
    ),
    Operation(
        path="/ofrep/v1/events",
        tag="flags",
        summary="When to evaluate anew",
        description="Server-sent events: `refetchEvaluation` whenever the flags changed.",
        answers=(text("text/event-stream", "A stream.", 'event: message\ndata: {"type":"refetchEvaluation"}\n\n'),),
    ),
    Operation(
        path="/api/v1/flags",
        tag="flags",
        summary="Every flag of the file",
        scope="operate",
        answers=(ok(shapes.Flags, "The flags."), *_REFUSED),
    ),
    Operation(
        path="/api/v1/flags/{key}",
        tag="flags",
        method="put",
        summary="Set a flag",
        scope="operate",
        params=(_KEY,),
        body=shapes.FlagSetting,
        answers=(ok(shapes.Flag, "The flag as it is now."), wrong("What cannot be set, and why."), *_REFUSED),
    ),
)
