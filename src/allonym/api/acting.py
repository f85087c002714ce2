"""Who acts, as cases and judgements know people.

Takes a caller; gives a person in the role that the caller's key has, or the name. Must not decide what a role may.
"""

from allonym.api.security import Caller
from allonym.api.sessions import LOCAL
from allonym.cases import Person, Role
from allonym.cases.cases import By
from allonym.whoami import user


def person(caller: Caller) -> By:
    """A key's name in its role; where nobody needs a key, the user of this machine in the role the policy gives."""
    if caller.key_id == LOCAL:
        return name(caller)
    return Person(name(caller), Role(caller.role.name.lower()))


def name(caller: Caller) -> str:
    """A key's name; where nobody needs a key, the user of this machine."""
    return user() if caller.key_id == LOCAL else caller.name
