"""Every error that the project raises on purpose; each message says what to do about it.

BotError
├── SettingError        a setting has a value that cannot work
├── LibraryError        the stored articles cannot be used as they are
│   ├── LibraryMissing      there is no library in that folder yet
│   ├── LibraryLocked       another ingest is writing to it
│   └── LibraryMismatch     it was built with another embedding model or layout
├── ModelError          a model could not be loaded, reached or understood
│   └── ModelRefused        it read the articles and found no answer in them
└── ReadError           a document is no article that can be taken in
    ├── Unreachable         a link did not answer this time; a later run may have more luck
    └── Gone                a link's page is there no more (404, 410)
"""


class BotError(Exception):
    """The base: catching it catches everything that we raise on purpose."""


class SettingError(BotError):
    """A setting or an argument has a value that cannot work."""


class QuestionError(BotError):
    """A question is empty, or too long to be one."""


class LibraryError(BotError):
    """The stored articles cannot be used as they are."""


class LibraryMissing(LibraryError):
    """There is no library in that folder yet."""


class LibraryLocked(LibraryError):
    """Another ingest is writing to the library."""


class LibraryMismatch(LibraryError):
    """The library was built with another embedding model, or by another layout."""


class ModelError(BotError):
    """A model could not be loaded, reached or understood."""


class ModelRefused(ModelError):
    """The model read the articles and found no answer in them."""


class ReadError(BotError):
    """A document is no article that can be taken in; the message is the reason."""


class Unreachable(ReadError):
    """A link did not answer this time; a later run may have more luck."""


class Gone(ReadError):
    """A link's page is there no more (404, 410)."""
