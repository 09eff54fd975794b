"""Every failure that a caller can meet, as one tree.

::

    OnrecordError                 code                    status
    ├── InvalidRequest            invalid_request         400
    │   └── InvalidJSON           invalid_json            400
    ├── NotAllowed                forbidden               403
    ├── NotPaired                 not_paired              401
    ├── NotFound                  not_found               404
    ├── MethodNotAllowed          method_not_allowed      405
    ├── TooLarge                  too_large               413
    ├── UnsupportedMediaType      unsupported_media_type  415
    ├── UnsupportedLanguage       unsupported_language    422
    ├── NothingToAnalyze          nothing_to_analyze      422
    ├── Busy                      busy                    429
    ├── TimedOut                  timed_out               503
    ├── ModelUnavailable          model_unavailable       503
    ├── NotKept                   not_kept                503
    ├── InvalidSetting            invalid_setting         (command line only)
    ├── InvalidFactchecks         invalid_factchecks      (command line only)
    ├── Killed                    killed                  (command line only)
    ├── ClusterUnavailable        cluster_unavailable     (command line only)
    └── Unreadable                unreadable              (command line only)

``code`` is stable and is what programs compare; the message is one sentence for a person; ``help`` is an
anchor in docs/errors.md that says what to do next.
"""

from __future__ import annotations

from typing import ClassVar


class OnrecordError(Exception):
    """Base of every error that Onrecord raises on purpose."""

    code: ClassVar[str] = "internal_error"
    status: ClassVar[int] = 500

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    @property
    def help(self) -> str:
        """Where docs/errors.md says what to do next."""
        return f"docs/errors.md#{self.code}"

    def to_dict(self) -> dict[str, dict[str, str]]:
        """The one JSON error shape: ``{"error": {"code", "message", "help"}}``."""
        return {"error": {"code": self.code, "message": self.message, "help": self.help}}


class InvalidRequest(OnrecordError):
    """A field is missing, has the wrong type, or has a value outside its set."""

    code = "invalid_request"
    status = 400


class InvalidJSON(InvalidRequest):
    """The body is empty, is no JSON, or holds text that is no Unicode (a lone surrogate)."""

    code = "invalid_json"


class NotAllowed(OnrecordError):
    """The door refused: a foreign Host, Origin or Sec-Fetch-Site."""

    code = "forbidden"
    status = 403


class NotPaired(OnrecordError):
    """No signature, one that does not fit, or a pairing code that is wrong, old or used up."""

    code = "not_paired"
    status = 401


class TooLarge(OnrecordError):
    """The body, a block or the number of blocks is over its limit."""

    code = "too_large"
    status = 413


class UnsupportedLanguage(OnrecordError):
    """The article is not in a language that Onrecord reads (English, for now)."""

    code = "unsupported_language"
    status = 422


class NothingToAnalyze(OnrecordError):
    """No block holds any text."""

    code = "nothing_to_analyze"
    status = 422


class Busy(OnrecordError):
    """The queue is full."""

    code = "busy"
    status = 429

    def __init__(self, message: str, *, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after  # whole seconds, for the Retry-After header


class TimedOut(OnrecordError):
    """The analysis took longer than the limit and was stopped."""

    code = "timed_out"
    status = 503


class ModelUnavailable(OnrecordError):
    """The language model is missing, or its files are not the ones that were pinned."""

    code = "model_unavailable"
    status = 503


class NotKept(OnrecordError):
    """A correction could not be written, and is not shown."""

    code = "not_kept"
    status = 503


class Unreadable(OnrecordError):
    """A file or an address given on the command line could not be read."""

    code = "unreadable"
    status = 400


class Killed(OnrecordError):
    """The process that analysed a document of an archive was killed each time it was tried."""

    code = "killed"


class ClusterUnavailable(OnrecordError):
    """A cluster that is to analyse an archive does not answer, has no workers, or cannot run this Onrecord."""

    code = "cluster_unavailable"


class InvalidFactchecks(OnrecordError):
    """A file of fact-checks is no JSON, or holds no ClaimReview."""

    code = "invalid_factchecks"


class InvalidSetting(OnrecordError):
    """An environment variable has a value that its setting does not take."""

    code = "invalid_setting"


class NotFound(OnrecordError):
    """No such address, or no such report."""

    code = "not_found"
    status = 404


class MethodNotAllowed(OnrecordError):
    """A method that the address does not offer; ``OPTIONS`` always."""

    code = "method_not_allowed"
    status = 405

    def __init__(self, message: str, *, allow: str) -> None:
        super().__init__(message)
        self.allow = allow  # the methods that it does offer, for the Allow header (RFC 9110, 15.5.6)


class UnsupportedMediaType(OnrecordError):
    """A POST that is not ``application/json``, or one with a content encoding."""

    code = "unsupported_media_type"
    status = 415
