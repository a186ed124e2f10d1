"""What schemathesis cannot know from the document."""

import uuid

import schemathesis


@schemathesis.hook
def before_call(context, case, kwargs):
    """Give every valid write a key of its own.

    Generated keys repeat, and a repeated key with another body is rightly refused (422): left alone, the fuzzer
    would mostly test that one refusal. Keys that were made invalid on purpose stay as they are.
    """
    valid = case.meta is not None and case.meta.generation.mode.is_positive
    if valid and case.headers and "Idempotency-Key" in case.headers:
        case.headers["Idempotency-Key"] = str(uuid.uuid4())
