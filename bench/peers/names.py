"""Scores pairs of names and searches names with the library that the first word names.

The second word is a file with the work; orders come as lines of JSON, and so do the answers.
"""

import itertools
import json
import sys
import time


def rapidfuzz(work):
    from rapidfuzz import fuzz, process, utils

    names = [utils.default_process(name) for name in work["names"]]
    who = work["who"]

    def pairs():
        for one, other in work["pairs"]:
            fuzz.WRatio(one, other, processor=utils.default_process)
        return len(work["pairs"])

    def search():
        found = 0
        for query, person in work["queries"]:
            asked = utils.default_process(query)
            best = process.extract(asked, names, scorer=fuzz.WRatio, limit=10)
            found += any(who[place] == person for _, _, place in best)
        return found

    return {"pairs": lambda: pairs, "search": lambda: search}


def nomenklatura(work):
    from followthemoney import model
    from nomenklatura.matching.logic_v2.model import LogicV2

    config = LogicV2.default_config()
    numbers = itertools.count()

    def person(name):
        # What it found out about a name it keeps by the entity's id: a new one every time.
        entity = {"id": f"p{next(numbers)}", "schema": "Person", "properties": {"name": [name]}}
        return model.get_proxy(entity)

    def pairs():
        entities = [(person(one), person(other)) for one, other in work["pairs"]]

        def compare():
            for one, other in entities:
                LogicV2.compare(one, other, config)
            return len(entities)

        return compare

    # The first comparison loads its lists of names, which takes many seconds.
    LogicV2.compare(person("Ali Hasan"), person("Aly Hassan"), config)
    return {"pairs": pairs}


def main():
    with open(sys.argv[2], encoding="utf-8") as file:
        work = json.load(file)
    ways = {"rapidfuzz": rapidfuzz, "nomenklatura": nomenklatura}[sys.argv[1]](work)
    for line in sys.stdin:
        order = json.loads(line)
        if order == "ready":
            answer = {"seconds": 0, "found": 0}
        else:
            run = ways[order]()
            began = time.perf_counter()
            found = run()
            answer = {"seconds": time.perf_counter() - began, "found": found}
        print(json.dumps(answer), flush=True)


main()
