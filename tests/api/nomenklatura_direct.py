"""nomenklatura called directly, by the Python that has it: the slow reference for what the server gives back.

Takes on standard input {"algorithm", "weights", "config", "query", "entities"}; gives scores in their order.
"""

import json
import sys

from followthemoney import model
from nomenklatura.matching import get_algorithm

asked = json.load(sys.stdin)
algorithm = get_algorithm(asked["algorithm"])
options = asked["weights"]
try:
    from nomenklatura.matching import ScoringConfig

    options = ScoringConfig(weights=asked["weights"], config=asked["config"])
except ImportError:
    pass
query = model.get_proxy({"id": "query", **asked["query"]}, cleaned=False)
print(json.dumps([algorithm.compare(query, model.get_proxy(one), options).score for one in asked["entities"]]))
