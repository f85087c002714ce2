"""One actor: names, measures by authority, what they amount to, time line, network, as of any day."""

from allonym.dossier.assemble import build as build
from allonym.dossier.dossier import Dossier as Dossier
